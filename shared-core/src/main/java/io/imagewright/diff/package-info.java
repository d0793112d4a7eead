/**
 * What changed from one image to another: packages, files, facts and properties, as text, JSON and HTML.
 */
@NullMarked
package io.imagewright.diff;

import org.jspecify.annotations.NullMarked;
