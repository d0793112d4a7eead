/**
 * Starting a finished image in a virtual machine, to see whether it comes up. The image is only read; what the machine writes goes to files of
 * the work directory.
 */
@NullMarked
package io.imagewright.boot;

import org.jspecify.annotations.NullMarked;
