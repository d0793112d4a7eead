/**
 * The facades of the core: {@link io.imagewright.ImageBuild}, {@link io.imagewright.ImageComparison}, {@link
 * io.imagewright.ImagePublish} and {@link io.imagewright.ImageDoctor} take a request and give a result, {@link
 * io.imagewright.FinishedImage} and {@link io.imagewright.ImageDocument} read what was built. Front ends use these and
 * the packages {@code api}, {@code spec}, {@code progress} and {@code error}, and nothing else of the core.
 */
@NullMarked
package io.imagewright;

import org.jspecify.annotations.NullMarked;
