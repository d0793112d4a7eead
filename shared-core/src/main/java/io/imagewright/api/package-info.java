/** Requests and results of the facades, as data: what front ends hand in, and what they print. */
@NullMarked
package io.imagewright.api;

import org.jspecify.annotations.NullMarked;
