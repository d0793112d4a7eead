package io.imagewright.disk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.exec.Command;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;

/**
 * Runs qemu-img on images whose references are checked. Images are given as block graphs in JSON, so that no name is taken for a protocol;
 * time, processor and memory are limited, as the files are hostile.
 */
final class QemuImg {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long ADDRESS_SPACE = 4L << 30;
    private static final Limits LOOK = new Limits(Duration.ofMinutes(1), Duration.ofSeconds(30), ADDRESS_SPACE);

    private static final Limits MEASURE = new Limits(Duration.ofMinutes(10), Duration.ofMinutes(5), ADDRESS_SPACE);

    private static final Limits CHECK = new Limits(Duration.ofMinutes(10), Duration.ofMinutes(5), ADDRESS_SPACE);

    /** Exit codes of qemu-img check. */
    private static final int ERROR = 1;

    private static final int CORRUPT = 2;
    private static final int LEAKS = 3;

    /** A copy slower than this many bytes a second hangs. */
    private static final long SLOWEST = 1 << 20;

    private final Exec exec;
    private final boolean evenInUse;

    QemuImg(Exec exec) {
        this(exec, false);
    }

    /** @param evenInUse whether images are read that a machine has locked */
    QemuImg(Exec exec, boolean evenInUse) {
        this.exec = exec;
        this.evenInUse = evenInUse;
    }

    /** The format that qemu finds in a file that names no other files. */
    String probe(Path file) {
        ObjectNode graph = JsonNodeFactory.instance.objectNode();
        graph.set("file", ImageNode.protocol(file));
        return info(file, graph).path("format").asText();
    }

    /** What qemu knows about the image, backing files apart. */
    JsonNode info(ImageNode image) {
        return info(image.file(), image.ownOptions());
    }

    private JsonNode info(Path file, ObjectNode graph) {
        return look(file, LOOK, "info", "--output=json", json(graph));
    }

    /** Bytes of the virtual disk that hold anything, backing files among them; a little more, as a qcow2 file would take. */
    long allocated(ImageNode image) {
        String[] words = {"measure", "--output=json", "-O", "qcow2", json(image.options())};
        return look(image.file(), MEASURE, words).path("required").asLong(Long.MAX_VALUE);
    }

    private JsonNode look(Path file, Limits limits, String... words) {
        ExecResult result = run(limits, words);
        if (result.exitCode() != 0) {
            throw failure("Cannot read " + file, result);
        }
        try {
            return MAPPER.readTree(result.stdout());
        } catch (JsonProcessingException e) {
            throw ImageException.of(
                    Kind.INTERNAL, "Cannot read " + file, "qemu-img " + words[0] + " printed no JSON", "", e);
        }
    }

    /** Refuses a file that qemu-img check finds damaged; formats that it does not know are let through. */
    void check(ImageNode image) {
        ExecResult result = run(CHECK, "check", json(image.ownOptions()));
        if (result.exitCode() == ERROR || result.exitCode() == CORRUPT) {
            throw damaged(image.file(), "qemu-img check says: " + firstLine(result));
        }
    }

    /** What qemu-img check finds wrong, space that is lost to nothing among it; empty of formats that it does not know. */
    List<String> complaints(ImageNode image) {
        ExecResult result = run(CHECK, "check", json(image.ownOptions()));
        if (!List.of(ERROR, CORRUPT, LEAKS).contains(result.exitCode())) {
            return List.of();
        }
        List<String> found = result.stderr()
                .lines()
                .filter(line -> line.startsWith("ERROR") || line.startsWith("Leaked"))
                .map(line -> line.replaceAll("\\p{Cntrl}", "?"))
                .toList();
        return found.isEmpty() ? List.of(firstLine(result)) : found;
    }

    /** Copies a range of the virtual disk into a new sparse file; only what is allocated there is read. */
    void convert(ImageNode image, long offset, long length, Path target) {
        ObjectNode range = JsonNodeFactory.instance.objectNode();
        range.put("driver", "raw");
        range.put("offset", offset);
        range.put("size", length);
        range.set("file", image.options());
        Duration time = Duration.ofMinutes(10).plusSeconds(length / SLOWEST);
        Limits limits = new Limits(time, Duration.ZERO, ADDRESS_SPACE);
        // -W: out of order, as a raw target does not mind
        ExecResult result = run(
                limits,
                "convert",
                "-W",
                "-m",
                "4",
                "-S",
                "4k",
                "-O",
                "raw",
                json(range),
                target.toAbsolutePath().toString());
        if (result.exitCode() != 0 && DiskFull.isSaidIn(result.stderr())) {
            throw DiskFull.error(target);
        }
        if (result.exitCode() != 0) {
            throw failure("Cannot copy from " + image.file(), result);
        }
    }

    /** Makes an empty image that changes go to. */
    void create(Path overlay, long size) {
        ExecResult result =
                run(LOOK, "create", "-q", "-f", ImageFormats.QCOW2, overlay.toString(), Long.toString(size));
        if (result.exitCode() != 0) {
            throw DiskFull.isSaidIn(result.stderr())
                    ? DiskFull.error(overlay)
                    : failure("Cannot write " + overlay, result);
        }
    }

    private ExecResult run(Limits limits, String... arguments) {
        List<String> argv = new ArrayList<>(List.of("qemu-img"));
        argv.addAll(List.of(arguments));
        if (evenInUse && !arguments[0].equals("create")) {
            argv.add(2, "-U");
        }
        return exec.run(new Command(argv, Map.of("LC_ALL", "C"), limits));
    }

    private static String json(ObjectNode graph) {
        return "json:" + graph;
    }

    private static ImageException failure(String what, ExecResult result) {
        return ImageException.of(
                Kind.SOURCE,
                what,
                "qemu-img says: " + firstLine(result),
                "Check the file with `qemu-img info` and `qemu-img check`, or copy it again from where it was made.");
    }

    static ImageException damaged(Path image, String reason) {
        return ImageException.of(
                Kind.SOURCE,
                "Cannot read " + image,
                reason,
                "The file is damaged or was not copied whole: copy it again from where it was made.");
    }

    private static String firstLine(ExecResult result) {
        return Stream.of(result.stderr(), result.stdout())
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(line -> line.replaceFirst("^qemu-img: ", "").replaceAll("json:\\{.*}", "the image"))
                .orElse("nothing (exit code " + result.exitCode() + ")");
    }
}
