/** How files are compressed: gzip, xz, zstd and bzip2, found by their first bytes and unpacked part by part. */
@NullMarked
package io.imagewright.compress;

import org.jspecify.annotations.NullMarked;
