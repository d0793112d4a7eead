/**
 * Detached signatures of finished files, made and checked by GnuPG's program gpg. What it says is read from its machine-readable status lines
 * (GnuPG's doc/DETAILS) alone.
 */
@NullMarked
package io.imagewright.signature;

import org.jspecify.annotations.NullMarked;
