/** Publishing: which files of an image go to a store, and the stores that a description may name. */
@NullMarked
package io.imagewright.publish;

import org.jspecify.annotations.NullMarked;
