package io.imagewright.format;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole, synced output file.
 *
 * @param virtualSize bytes of the disk that a guest sees; of the uncompressed tar when it holds the guest's files
 * @param storedSize bytes that were written, which is what the file takes on a file system with 4 KiB blocks, its own tables aside; the same on each
 *     machine, therefore not what {@code st_blocks} says
 * @param digests of the file's bytes, hexadecimal, by word, in the order in which they were asked for
 * @param remarks what the user should know about it, in full sentences
 */
public record WrittenOutput(
        PlannedOutput output,
        Path path,
        long virtualSize,
        long storedSize,
        Map<String, String> digests,
        List<String> remarks) {

    /** Copies the collections. */
    public WrittenOutput {
        remarks = List.copyOf(remarks);
        digests = Collections.unmodifiableMap(new LinkedHashMap<>(digests));
    }
}
