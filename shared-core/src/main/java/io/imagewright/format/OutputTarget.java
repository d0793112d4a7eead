package io.imagewright.format;

import java.nio.file.Path;

import io.imagewright.disk.Extent;
import org.jspecify.annotations.Nullable;

/**
 * Where an output is written.
 *
 * @param path in a staging directory; must not be there yet
 * @param window the part of the disk that it holds, of a dump of a partition; null of an output that holds all of it
 */
public record OutputTarget(
        PlannedOutput output, Path path, @Nullable Extent window) {

    /** Checks that a dump has a window, and it alone. */
    public OutputTarget {
        if (output.format().isPartition() != (window != null)) {
            throw new IllegalArgumentException(output.format() + " with the window " + window);
        }
    }

    /** Of an output that holds the whole disk. */
    public OutputTarget(PlannedOutput output, Path path) {
        this(output, path, null);
    }

    /** How it is written. */
    Encoding encoding() {
        return output.format().encoding(output.options(), String.valueOf(path.getFileName()), window);
    }
}
