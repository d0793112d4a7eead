/**
 * The output formats, each an object that checks its options, writes an output and checks a finished file; and what
 * writes all outputs of a disk, or of the guest's files, in one pass.
 */
@NullMarked
package io.imagewright.format;

import org.jspecify.annotations.NullMarked;
