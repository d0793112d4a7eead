/**
 * Disks made of a tree: partition table, EFI system partition, file systems, boot loader, fstab. Everything is written as bytes of files; nothing is
 * mounted, no loop device and no root is needed. All ids follow from the tree's digest, so that the same tree gives the same bytes.
 */
@NullMarked
package io.imagewright.assemble;

import org.jspecify.annotations.NullMarked;
