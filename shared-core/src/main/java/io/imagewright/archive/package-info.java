/**
 * The tree of a guest as an archive: a tar that is put together of headers and of the places where the contents of files lie.
 */
@NullMarked
package io.imagewright.archive;

import org.jspecify.annotations.NullMarked;
