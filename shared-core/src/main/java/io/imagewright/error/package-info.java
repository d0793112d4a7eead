/**
 * How a failure is reported to a user: what failed, on what, why, and what to do next.
 */
@NullMarked
package io.imagewright.error;

import org.jspecify.annotations.NullMarked;
