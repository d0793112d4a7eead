package io.imagewright.spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.imagewright.error.ErrorCollector;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** Reads description files: YAML, or JSON by the extension {@code .json}. One file describes one image. */
public final class DescriptionReader {

    /** Bytes; a description is a page of text. */
    static final int MAX_SIZE = 1024 * 1024;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".json");

    private DescriptionReader() {}

    /**
     * Reads one file. The image's name defaults to the file's base name.
     *
     * @param shown the file as messages name it
     * @param properties values of the references {@code ${name}} in it
     * @throws ImageException DESCRIPTION when the file is missing, too big, malformed or against the schema, or refers to an unknown property
     */
    public static DescriptionTree read(Path file, String shown, DescriptionProperties properties) {
        Node root = TextTree.read(shown, text(file, shown), extension(file).equals(".json"));
        return DescriptionTree.of(Interpolation.of(root, properties), "").orNamed(baseName(file));
    }

    /**
     * Reads every description of a directory, in the order of the file names; none when the directory does not exist.
     * Directories below are not looked into.
     *
     * @param base messages name files relative to this
     * @param properties values of the references {@code ${name}} in the files
     */
    public static List<DescriptionTree> readAll(Path directory, Path base, DescriptionProperties properties) {
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
        ErrorCollector errors = new ErrorCollector();
        for (Path file : files) {
            errors.get(() -> read(file, shown(file, base), properties)).ifPresent(trees::add);
        }
        errors.throwAny();
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
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(buffer, text, true).isError()) {
            throw notUtf8(shown, bytes, buffer.position());
        }
        text.flip();
        return text.length() > 0 && text.charAt(0) == BYTE_ORDER_MARK
                ? text.subSequence(1, text.length()).toString()
                : text.toString();
    }

    private static ImageException notUtf8(String shown, byte[] bytes, int position) {
        boolean wide = bytes.length > 1
                && ((bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe)
                        || (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff));
        int line = 1;
        int start = 0;
        for (int i = 0; i < position; i++) {
            if (bytes[i] == '\n') {
                line++;
                start = i + 1;
            }
        }
        String before = new String(bytes, start, position - start, StandardCharsets.UTF_8);
        return Mistakes.at(
                new Origin(shown, line, before.length() + 1),
                "",
                "not UTF-8 text, " + (wide ? "but UTF-16" : "as the byte 0x%02X shows".formatted(bytes[position])),
                "Save the file as UTF-8.");
    }

    private static ImageException unreadable(String shown, String reason) {
        return ImageException.of(Kind.DESCRIPTION, "Cannot read the description " + shown, reason, "");
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
