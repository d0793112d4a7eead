/**
 * What the facades of {@link io.imagewright} take and give, beside the image description: requests, results, and the named secrets of a build.
 */
@NullMarked
package io.imagewright.api;

import org.jspecify.annotations.NullMarked;
