/** Text that must stay text. */
@NullMarked
package io.imagewright.markup;

import org.jspecify.annotations.NullMarked;
