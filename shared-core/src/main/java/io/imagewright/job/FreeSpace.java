package io.imagewright.job;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;

/** Looks before the work whether it will fit. */
final class FreeSpace {

    /** For tables, metadata of file systems, sidecars. */
    private static final long SMALL_CHANGE = 64 << 20;

    private static final Message WORK_ADVICE =
            Message.of("Free some space, or choose another work directory (", SettingName.TMPDIR, ").");

    /** Working copies elsewhere would not help. */
    private static final Message OUTPUT_ADVICE = Message.of(
            "Free some space on the file system of the output directory, choose another one (",
            SettingName.OUTPUT_DIRECTORY,
            "), or write fewer output formats (",
            SettingName.FORMATS,
            ").");

    private FreeSpace() {}

    /**
     * Requires room for the working copies and the outputs.
     *
     * @param work bytes of the working copies
     * @param output bytes of all outputs together, at the most
     * @throws ImageException ENVIRONMENT naming the directory, what is needed and what there is
     */
    static void require(Path workDirectory, long work, Path outputDirectory, long output) throws IOException {
        FileStore workStore = Files.getFileStore(workDirectory);
        FileStore outputStore = Files.getFileStore(outputDirectory);
        if (!workStore.equals(outputStore)) {
            require(workDirectory, workStore.getUsableSpace(), work, WORK_ADVICE);
            require(outputDirectory, outputStore.getUsableSpace(), output, OUTPUT_ADVICE);
            return;
        }
        long usable = outputStore.getUsableSpace();
        require(outputDirectory, usable, output, OUTPUT_ADVICE);
        require(workDirectory, usable, work + output, WORK_ADVICE);
    }

    private static void require(Path directory, long usable, long bytes, Message advice) {
        if (usable < bytes + SMALL_CHANGE) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Not enough space in " + directory,
                    "the build needs " + mebibytes(bytes + SMALL_CHANGE) + " there, free are " + mebibytes(usable),
                    advice);
        }
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
