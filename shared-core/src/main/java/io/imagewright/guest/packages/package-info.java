/**
 * Readers of the lists of installed packages: dpkg, rpm (Berkeley DB, ndb, SQLite), apk, pacman. What a guest writes there is untrusted: sizes,
 * counts and lengths have limits.
 */
@NullMarked
package io.imagewright.guest.packages;

import org.jspecify.annotations.NullMarked;
