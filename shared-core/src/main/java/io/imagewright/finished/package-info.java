/** What is done with finished images: finding, verifying, checksums, signatures. */
@NullMarked
package io.imagewright.finished;

import org.jspecify.annotations.NullMarked;
