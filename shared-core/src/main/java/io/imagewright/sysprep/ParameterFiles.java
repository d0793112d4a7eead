package io.imagewright.sysprep;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;

/** Files of this machine that parameters name: what they hold is part of what is asked for. */
public final class ParameterFiles {

    private static final Set<ParameterType> NAMING =
            Set.of(ParameterType.FILE, ParameterType.FILE_LIST, ParameterType.DIRECTORY);

    private static final int MOST_FILES = 20_000;
    private static final int DEPTH = 12;

    private ParameterFiles() {}

    /** Adds names and contents to a digest. */
    public static void digest(ParameterValues parameters, MessageDigest digest) {
        parameters.parameters().stream()
                .filter(parameter -> NAMING.contains(parameter.type()))
                .forEach(parameter -> parameters.value(parameter.name()).stream()
                        .filter(file -> !file.isEmpty())
                        .forEach(file -> add(parameter.name(), file, digest)));
    }

    private static void add(String name, String value, MessageDigest digest) {
        try {
            Path top = Path.of(value);
            try (Stream<Path> files = Files.walk(top, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
                List<Path> regular = files.filter(Files::isRegularFile)
                        .limit(MOST_FILES)
                        .sorted()
                        .toList();
                for (Path file : regular) {
                    digest.update((name + "\n" + top.relativize(file) + "\n").getBytes(StandardCharsets.UTF_8));
                    try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
                        content.transferTo(OutputStream.nullOutputStream());
                    }
                }
            }
        } catch (IOException | UncheckedIOException | InvalidPathException unreadable) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Cannot read what the sysprep parameter " + name + " names",
                    FileFailure.reason(unreadable),
                    "Give a file or directory of this machine that can be read.");
        }
    }
}
