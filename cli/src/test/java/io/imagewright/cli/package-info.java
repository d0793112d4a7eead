/** What the program takes, and what comes of it. */
@NullMarked
package io.imagewright.cli;

import org.jspecify.annotations.NullMarked;
