package io.imagewright.disk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.exec.Command;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;

/** Finds out which file system a part of a file or device holds, with blkid's low-level probe. */
public final class FileSystemProbe {

    /** Longer than any type, UUID or label that blkid knows. */
    private static final int MAXIMUM = 256;

    private static final int FOUND = 0;
    private static final int NOTHING = 2;
    private static final int AMBIVALENT = 8;
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(30), Duration.ofSeconds(20), 1L << 30);
    private static final Pattern ESCAPED = Pattern.compile("\\\\x([0-9a-fA-F]{2})");

    private FileSystemProbe() {}

    /**
     * Probes a range.
     *
     * @param length bytes, so that nothing behind the volume is taken for its own
     * @return {@link FileSystemInfo#UNKNOWN} when nothing, or more than one thing, is found
     * @throws ImageException SOURCE when the range cannot be read
     */
    public static FileSystemInfo probe(Path file, long offset, long length, Exec exec) {
        List<String> argv = List.of(
                "blkid",
                "-p",
                "-o",
                "udev", // unlike \"export\", it gives every byte of a label
                "-O",
                Long.toString(offset),
                "-S",
                Long.toString(length),
                "--",
                file.toAbsolutePath().toString());
        ExecResult result = exec.run(new Command(argv, Map.of("LC_ALL", "C"), LIMITS));
        return switch (result.exitCode()) {
            case FOUND -> parse(result.stdout());
            case NOTHING, AMBIVALENT -> FileSystemInfo.UNKNOWN;
            default ->
                throw ImageException.of(
                        Kind.SOURCE,
                        "Cannot recognise the file system at byte " + offset + " of " + file,
                        "blkid failed with exit code " + result.exitCode() + " "
                                + result.stderr().strip(),
                        "Check that the file can be read.");
        };
    }

    /** Reads what {@code blkid -p -o udev} prints of one device. */
    public static FileSystemInfo parse(String udev) {
        Map<String, String> values = new HashMap<>();
        udev.lines()
                .filter(line -> line.indexOf('=') > 0)
                .forEach(line ->
                        values.put(line.substring(0, line.indexOf('=')), clean(line.substring(line.indexOf('=') + 1))));
        return new FileSystemInfo(
                values.getOrDefault("ID_FS_TYPE", ""),
                values.getOrDefault("ID_FS_UUID_ENC", ""),
                values.getOrDefault("ID_FS_LABEL_ENC", ""));
    }

    /** Undoes blkid's {@code \\xNN}, each a byte of UTF-8. */
    private static String clean(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher escaped = ESCAPED.matcher(value);
        int from = 0;
        while (escaped.find()) {
            bytes.writeBytes(value.substring(from, escaped.start()).getBytes(StandardCharsets.UTF_8));
            bytes.write(Integer.parseInt(escaped.group(1), 16));
            from = escaped.end();
        }
        bytes.writeBytes(value.substring(from).getBytes(StandardCharsets.UTF_8));
        String plain = bytes.toString(StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
        return plain.length() > MAXIMUM ? plain.substring(0, MAXIMUM) : plain;
    }
}
