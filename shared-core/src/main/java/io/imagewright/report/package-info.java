/**
 * The page that shows a finished image to people: what is in it, where its bytes lie, how it was made. Made from the files beside the image, which
 * anybody may have written.
 */
@NullMarked
package io.imagewright.report;

import org.jspecify.annotations.NullMarked;
