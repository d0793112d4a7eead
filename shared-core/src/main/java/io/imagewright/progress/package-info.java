/**
 * Progress of a build: the event records, the listeners that render or forward them, and the throttle between.
 */
@NullMarked
package io.imagewright.progress;

import org.jspecify.annotations.NullMarked;
