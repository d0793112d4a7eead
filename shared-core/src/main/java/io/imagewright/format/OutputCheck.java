package io.imagewright.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

import io.imagewright.exec.Exec;

/**
 * Looks whether a finished file is whole, as far as its format shows.
 *
 * @param virtualSize bytes of the disk that it must hold; of the tar when it holds the guest's files
 * @param workDirectory for what has to be unpacked
 * @param bytesDone receives the bytes of the disk looked at, where all are
 */
public record OutputCheck(Path file, long virtualSize, Path workDirectory, Exec exec, LongConsumer bytesDone) {

    /**
     * Reads as much of the file as that takes: of a compressed one all.
     *
     * @param format its word; of one that is not known nothing is said
     * @return what is wrong, a part of a sentence each; empty when all is well
     */
    public List<String> findings(String format) throws IOException {
        Optional<OutputFormat> known = OutputFormats.find(format);
        return known.isPresent() ? known.get().findings(this) : List.of();
    }
}
