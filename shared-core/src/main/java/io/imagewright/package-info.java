/**
 * The front door of the core: {@link io.imagewright.ImageBuild} takes a request and gives a result; nothing else is here.
 */
@NullMarked
package io.imagewright;

import org.jspecify.annotations.NullMarked;
