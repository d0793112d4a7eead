package io.imagewright.staging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import org.jspecify.annotations.Nullable;

/** Where working copies go: where the user says, else the writable place with most free space. */
public final class WorkParent {

    private WorkParent() {}

    /**
     * Chooses among the output directory, {@code /var/tmp} and the home directory.
     *
     * @param asked the user's choice; null for none
     * @throws ImageException ENVIRONMENT when the user's choice is no directory, or none of ours can be written
     */
    public static Path choose(@Nullable Path asked, Path outputDirectory) {
        if (asked != null) {
            if (!Files.isDirectory(asked)) {
                throw ImageException.of(
                        ImageException.Kind.DESCRIPTION,
                        Message.of("Cannot work in ", asked, " (", SettingName.TMPDIR, ")"),
                        Message.of(Files.exists(asked) ? "it is not a directory" : "it does not exist"),
                        Message.of("Name an existing directory."));
            }
            return asked;
        }
        List<Path> candidates = new ArrayList<>(
                List.of(outputDirectory, Path.of("/var/tmp"), Path.of(System.getProperty("user.home"))));
        Path best = null;
        long most = -1;
        for (Path candidate : candidates) {
            long free = free(candidate);
            if (free > most) {
                most = free;
                best = candidate;
            }
        }
        if (best == null) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Cannot find a place for working copies",
                    "none of " + candidates + " can be written",
                    Message.of("Choose a directory for them (", SettingName.TMPDIR, ")."));
        }
        return best;
    }

    private static long free(Path directory) {
        try {
            return Files.isDirectory(directory) && Files.isWritable(directory)
                    ? Files.getFileStore(directory).getUsableSpace()
                    : -1;
        } catch (IOException unusable) {
            return -1;
        }
    }
}
