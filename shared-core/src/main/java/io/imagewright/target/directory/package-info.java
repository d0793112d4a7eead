/**
 * A directory of this machine, or of a mounted share, as a store of images: {@code <directory>/<name>/<version>/}, with {@code latest} beside the
 * versions.
 */
@NullMarked
package io.imagewright.target.directory;

import org.jspecify.annotations.NullMarked;
