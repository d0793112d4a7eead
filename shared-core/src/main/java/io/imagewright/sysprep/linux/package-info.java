/**
 * Operations for Linux guests, one class each.
 */
@NullMarked
package io.imagewright.sysprep.linux;

import org.jspecify.annotations.NullMarked;
