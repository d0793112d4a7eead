package io.imagewright.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a text that people asked for as a file. */
public final class WholeFile {

    private WholeFile() {}

    /**
     * Whole or not at all; directories on the way are made. What is there and no regular file, such as a terminal or {@code /dev/null}, is written to
     * as it is.
     */
    public static void write(Path file, String text) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
            return;
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException("not a file");
        }
        Files.createDirectories(directory);
        Path beside = directory.resolve(".image-" + UUID.randomUUID() + ".tmp");
        try {
            Files.writeString(beside, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
