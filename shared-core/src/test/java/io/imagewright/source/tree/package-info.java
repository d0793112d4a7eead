@NullMarked
package io.imagewright.source.tree;

import org.jspecify.annotations.NullMarked;
