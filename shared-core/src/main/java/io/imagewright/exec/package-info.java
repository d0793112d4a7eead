/**
 * Running a program of the machine: argument list, limits of time, memory and processor, and the kill of its whole process tree; and what the
 * environment has.
 */
@NullMarked
package io.imagewright.exec;

import org.jspecify.annotations.NullMarked;
