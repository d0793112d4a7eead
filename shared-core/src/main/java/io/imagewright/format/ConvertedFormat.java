package io.imagewright.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import io.imagewright.disk.SparseFile;

/**
 * How qemu-img writes a format, and what is pinned in its file afterwards: ids and times that it makes up. A record.
 */
interface ConvertedFormat {

    /** Qemu's name of the format. */
    String driver();

    /** For {@code -o} of qemu-img; empty for none. */
    String createOptions();

    /**
     * Replaces what differs from run to run.
     *
     * @param id instead of those that were made up
     */
    void pin(SparseFile file, UUID id) throws IOException;

    /**
     * The id of an image with this file name: the same for each build of the same name and version, another for others.
     */
    static UUID id(String fileName) {
        return UUID.nameUUIDFromBytes(("io.imagewright " + fileName).getBytes(StandardCharsets.UTF_8));
    }
}
