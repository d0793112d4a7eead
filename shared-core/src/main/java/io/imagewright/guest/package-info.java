/**
 * The file tree of an operating system, the same for every engine; changes to it; and what inspection finds in it.
 */
@NullMarked
package io.imagewright.guest;

import org.jspecify.annotations.NullMarked;
