/**
 * The image description: its records, how file, POM and command line are merged into one tree, and how mistakes in it are reported.
 */
@NullMarked
package io.imagewright.spec;

import org.jspecify.annotations.NullMarked;
