/**
 * What a system-preparation operation is, how operations are found, selected, given parameters and run in order.
 */
@NullMarked
package io.imagewright.sysprep;

import org.jspecify.annotations.NullMarked;
