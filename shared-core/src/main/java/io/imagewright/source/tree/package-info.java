/**
 * Trees of files as a source: a directory, a tar, a container image (OCI layout or docker archive) or a squashfs, read into one listing with the places of
 * the contents. Nothing is extracted to the file system of this machine: what is packed is unpacked to one file of the work directory, names, links and
 * devices stay data.
 */
@NullMarked
package io.imagewright.source.tree;

import org.jspecify.annotations.NullMarked;
