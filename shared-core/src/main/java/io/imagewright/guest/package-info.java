/**
 * The file tree of an operating system, the same for every engine, and changes to it: what engines implement and operations use.
 */
@NullMarked
package io.imagewright.guest;

import org.jspecify.annotations.NullMarked;
