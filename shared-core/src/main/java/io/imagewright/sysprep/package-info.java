/**
 * What a system-preparation operation is, how operations are found, selected, given parameters and run in order;
 * and the one that is for every system, the user's own scripts.
 */
@NullMarked
package io.imagewright.sysprep;

import org.jspecify.annotations.NullMarked;
