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
import java.util.Map;
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

    /**
     * Adds names and contents to a digest; of a parameter that no operation of this class path declares as a file or directory, nothing.
     *
     * @param written parameters as the user wrote them
     * @param base relative paths start here
     */
    public static void digest(Map<String, String> written, Path base, MessageDigest digest) {
        Operations.load(ParameterFiles.class.getClassLoader()).all().stream()
                .flatMap(operation -> operation.parameters().stream())
                .filter(parameter -> NAMING.contains(parameter.type()))
                .distinct()
                .forEach(parameter -> {
                    String value = written.getOrDefault(parameter.name(), "");
                    List<String> files =
                            parameter.type() == ParameterType.FILE_LIST ? ParameterValues.split(value) : List.of(value);
                    files.stream()
                            .filter(file -> !file.isEmpty())
                            .forEach(file -> add(parameter.name(), base, file, digest));
                });
    }

    private static void add(String name, Path base, String value, MessageDigest digest) {
        try {
            Path top = base.resolve(value);
            if (!Files.exists(top)) {
                return; // the check of the parameters reports it
            }
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
