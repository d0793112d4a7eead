/**
 * The engine that works on ext2, ext3 and ext4 in user space, through libext2fs and the programs of e2fsprogs.
 */
@NullMarked
package io.imagewright.guest.direct;

import org.jspecify.annotations.NullMarked;
