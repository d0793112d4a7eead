package io.imagewright.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;

/** The one place that knows how a full disk looks, and what the user is advised. */
public final class DiskFull {

    /** Bytes that a large write may leave free as it fails. */
    private static final long NOTHING = 1 << 20;

    private DiskFull() {}

    /** Whether this failure of the JDK's own file functions means that no space, or no quota, is left. */
    public static boolean is(IOException failure) {
        return failure.getMessage() != null && isSaidIn(failure.getMessage());
    }

    /** Whether the diagnostics of a failed program, in English, say so. */
    public static boolean isSaidIn(String diagnostics) {
        String text = diagnostics.toLowerCase(Locale.ROOT);
        return text.contains("no space left on device") || text.contains("disk quota exceeded");
    }

    /** Whether next to nothing is free on the file system that holds this file. */
    public static boolean isFull(Path file) {
        try {
            return Files.getFileStore(file).getUsableSpace() < NOTHING;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** The error for the user when {@link #is}, else empty. */
    public static Optional<ImageException> recognise(Path file, IOException failure) {
        return is(failure) ? Optional.of(error(file)) : Optional.empty();
    }

    /** The error for the user: no space for this file. */
    public static ImageException error(Path file) {
        return ImageException.of(
                Kind.ENVIRONMENT,
                "Cannot write " + file,
                "disk full (no space or quota is left on its file system)",
                Message.of(
                        "Free some space there, or choose another directory for work files (",
                        SettingName.TMPDIR,
                        ") or for the output (",
                        SettingName.OUTPUT_DIRECTORY,
                        ")."));
    }
}
