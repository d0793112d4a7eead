/**
 * The command line: options in, lines and JSON out. One class for each command, one for each group of options that commands share. What it says of
 * images comes from the core, so that it says the same as the other front ends.
 */
@NullMarked
package io.imagewright.cli;

import org.jspecify.annotations.NullMarked;
