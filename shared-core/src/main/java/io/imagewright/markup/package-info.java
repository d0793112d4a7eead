/** HTML and SVG of text that anybody may have written. */
@NullMarked
package io.imagewright.markup;

import org.jspecify.annotations.NullMarked;
