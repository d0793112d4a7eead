/**
 * Making the disk small: trailing swap removed, the last file system shrunk, the partition table closed behind it.
 */
@NullMarked
package io.imagewright.shrink;

import org.jspecify.annotations.NullMarked;
