/**
 * Many digests in one pass, and the sidecar files that carry them.
 */
@NullMarked
package io.imagewright.checksum;

import org.jspecify.annotations.NullMarked;
