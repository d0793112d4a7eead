package io.imagewright.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

import io.imagewright.disk.ImageCheck;
import io.imagewright.exec.Exec;

/** Looks whether a finished file is whole, as far as its format shows. */
public final class OutputCheck {

    private OutputCheck() {}

    /**
     * Reads as much of the file as that takes: of a compressed one all.
     *
     * @param format its word; of one that is not known nothing is said
     * @param virtualSize bytes of the disk that it must hold
     * @param workDirectory for what has to be unpacked
     * @param bytesDone receives the bytes of the disk looked at, where all are
     * @return what is wrong, a part of a sentence each; empty when all is well
     */
    public static List<String> findings(
            String format, Path file, long virtualSize, Path workDirectory, Exec exec, LongConsumer bytesDone)
            throws IOException {
        FormatType type = FormatType.find(format).orElse(null);
        if (type == null) {
            return List.of();
        }
        Optional<String> disk = type.readAs();
        if (disk.isPresent()) {
            return ImageCheck.findings(file, disk.get(), virtualSize, exec);
        }
        return switch (type) {
            case TAR -> ImageCheck.findings(file, "raw", virtualSize, exec);
            case RAW_GZ, RAW_XZ, RAW_ZST, TGZ, TAR_ZST ->
                CompressedRawCheck.findings(file, type.compression(), virtualSize, bytesDone);
            case OVA -> new OvaCheck(file, virtualSize, exec).findings(workDirectory);
            // all that is in a container was digested when it was written; the digest of the whole covers it
            default -> List.of();
        };
    }
}
