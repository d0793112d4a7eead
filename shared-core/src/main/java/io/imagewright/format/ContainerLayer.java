package io.imagewright.format;

import java.util.Optional;

/**
 * The one layer of a container image.
 *
 * @param digest SHA-256 of it as it is stored
 * @param diffId SHA-256 of the tar in it
 * @param size bytes as it is stored
 */
record ContainerLayer(String digest, String diffId, long size, Optional<StreamCompression> compression) {}
