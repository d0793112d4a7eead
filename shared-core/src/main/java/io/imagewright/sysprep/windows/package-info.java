/**
 * Operations for Windows, by its registry and files where that can be done to a guest that does not run, else by a script at the first boot.
 */
@NullMarked
package io.imagewright.sysprep.windows;

import org.jspecify.annotations.NullMarked;
