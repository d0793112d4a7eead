@NullMarked
package io.imagewright.compress;

import org.jspecify.annotations.NullMarked;
