/**
 * The files that describe a finished image: the manifest, {@code .meta}, {@code .variant} and the build record.
 */
@NullMarked
package io.imagewright.manifest;

import org.jspecify.annotations.NullMarked;
