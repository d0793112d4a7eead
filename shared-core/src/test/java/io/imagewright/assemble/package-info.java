@NullMarked
package io.imagewright.assemble;

import org.jspecify.annotations.NullMarked;
