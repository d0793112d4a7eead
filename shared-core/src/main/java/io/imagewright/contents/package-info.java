/**
 * What is inside a finished image: its packages, and where its bytes lie.
 */
@NullMarked
package io.imagewright.contents;

import org.jspecify.annotations.NullMarked;
