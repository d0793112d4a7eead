/**
 * The Maven plugin: parameters in, log lines and attached artifacts out. What an image is and how it is made, the core knows.
 */
@NullMarked
package io.imagewright.maven;

import org.jspecify.annotations.NullMarked;
