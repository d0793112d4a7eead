/** The page about an image, and its pictures. */
@NullMarked
package io.imagewright.report;

import org.jspecify.annotations.NullMarked;
