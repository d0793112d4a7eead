/**
 * Where finished images are published: {@link io.imagewright.target.Publisher} is what every store implements. A store has a package of its own below
 * this one, a row in the description's table of targets, and a line in {@code io.imagewright.publish.Stores}.
 */
@NullMarked
package io.imagewright.target;

import org.jspecify.annotations.NullMarked;
