package io.imagewright.format;

import java.nio.file.Path;

/**
 * Where an output is written.
 *
 * @param path in a staging directory; must not be there yet
 */
public record OutputTarget(PlannedOutput output, Path path) {}
