/** Files on their way to their final names: work directories that a later build sweeps, and delivery all at once. */
@NullMarked
package io.imagewright.staging;

import org.jspecify.annotations.NullMarked;
