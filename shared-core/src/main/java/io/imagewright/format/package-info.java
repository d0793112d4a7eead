/**
 * Writing the finished disk in each output format.
 */
@NullMarked
package io.imagewright.format;

import org.jspecify.annotations.NullMarked;
