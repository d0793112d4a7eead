/**
 * The guest job: opens the sources, chooses the engine, inspects, prepares (sysprep, customise, seal) and shrinks the guest, and cleans free space.
 */
@NullMarked
package io.imagewright.job;

import org.jspecify.annotations.NullMarked;
