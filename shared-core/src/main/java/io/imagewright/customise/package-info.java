/**
 * Actions that a user asks for, done to the guest after its clean-up: files written, copied, edited and removed, names, passwords, keys,
 * scripts for the first boot.
 */
@NullMarked
package io.imagewright.customise;

import org.jspecify.annotations.NullMarked;
