/** What the machine lacks. */
@NullMarked
package io.imagewright.doctor;

import org.jspecify.annotations.NullMarked;
