/**
 * How a failure is reported to a user: what failed, on what, why, and what to do next. Messages refer to settings and commands as data, and
 * each front end spells these as its users know them.
 */
@NullMarked
package io.imagewright.error;

import org.jspecify.annotations.NullMarked;
