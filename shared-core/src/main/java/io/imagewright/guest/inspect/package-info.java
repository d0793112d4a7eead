/**
 * Recognises systems: finds the root file system, what else the guest mounts, and facts such as distribution, users, remote access, what grows the
 * root at boot. Reads only; what a guest writes in its files is untrusted.
 */
@NullMarked
package io.imagewright.guest.inspect;

import org.jspecify.annotations.NullMarked;
