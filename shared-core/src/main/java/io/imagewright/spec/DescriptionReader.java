package io.imagewright.spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** Reads description files: YAML, or JSON by the extension {@code .json}. One file describes one image. */
public final class DescriptionReader {

    /** Bytes; a description is a page of text. */
    static final int MAX_SIZE = 1024 * 1024;

    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".json");

    private DescriptionReader() {}

    /**
     * Reads one file. The image's name defaults to the file's base name.
     *
     * @param shown the file as messages name it
     * @throws ImageException DESCRIPTION when the file is missing, too big, malformed or against the schema
     */
    public static DescriptionTree read(Path file, String shown) {
        Node root = TextTree.read(shown, text(file, shown), extension(file).equals(".json"));
        return DescriptionTree.of(root, "").orNamed(baseName(file));
    }

    /**
     * Reads every description of a directory, in the order of the file names; none when the directory does not exist.
     * Directories below are not looked into.
     *
     * @param base messages name files relative to this
     */
    public static List<DescriptionTree> readAll(Path directory, Path base) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> files;
        try (Stream<Path> entries = Files.list(directory)) {
            files = entries.filter(file -> !extension(file).isEmpty()).sorted().toList();
        } catch (IOException e) {
            throw unreadable(shown(directory, base), FileFailure.reason(e));
        }
        List<DescriptionTree> trees = new ArrayList<>();
        for (Path file : files) {
            trees.add(read(file, shown(file, base)));
        }
        return trees;
    }

    private static String shown(Path file, Path base) {
        Path absolute = file.toAbsolutePath().normalize();
        Path from = base.toAbsolutePath().normalize();
        return absolute.startsWith(from) ? from.relativize(absolute).toString() : absolute.toString();
    }

    private static String text(Path file, String shown) {
        // a pipe or a device would keep the build waiting for ever
        if (!Files.isRegularFile(file)) {
            if (!Files.exists(file)) {
                throw ImageException.of(
                        Kind.DESCRIPTION,
                        "Cannot read the description " + shown,
                        "no such file",
                        FileFailure.nearest(file));
            }
            throw unreadable(shown, "not a regular file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_SIZE + 1);
        } catch (IOException e) {
            throw unreadable(shown, FileFailure.reason(e));
        }
        if (bytes.length > MAX_SIZE) {
            throw unreadable(shown, "larger than 1 MiB, which no description is");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw unreadable(shown, "not UTF-8 text");
        }
    }

    private static ImageException unreadable(String shown, String why) {
        return ImageException.of(Kind.DESCRIPTION, "Cannot read the description " + shown, why, "");
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return EXTENSIONS.stream()
                .filter(extension -> name.endsWith(extension) && !name.startsWith("."))
                .findFirst()
                .orElse("");
    }

    private static String baseName(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - extension(file).length());
    }
}
