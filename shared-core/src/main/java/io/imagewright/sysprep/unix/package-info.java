/**
 * Operations for every Unix guest, one class each.
 */
@NullMarked
package io.imagewright.sysprep.unix;

import org.jspecify.annotations.NullMarked;
