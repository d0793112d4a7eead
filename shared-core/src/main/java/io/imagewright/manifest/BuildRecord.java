package io.imagewright.manifest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import io.imagewright.contents.DirectorySize;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/**
 * {@code <name>.build.json}: when, where and how fast an image was built. It differs from run to run, so it is never attached or published. It names no
 * user, no host and no directory.
 *
 * @param schema {@link #SCHEMA}
 * @param image name of the image
 * @param started ISO 8601, UTC
 * @param seconds of the whole build
 * @param steps in the order in which they ran
 * @param host the machine
 * @param source the size of what the image was made from
 * @param tree where the image's bytes lie
 */
@JsonPropertyOrder({"schema", "image", "version", "started", "seconds", "steps", "host", "source", "tree"})
public record BuildRecord(
        String schema,
        String image,
        String version,
        String started,
        double seconds,
        List<Step> steps,
        Host host,
        Size source,
        DirectorySize tree) {

    /** The schema that this class writes. */
    public static final String SCHEMA = "image-build/v1";

    /** Far above any real one: some hundred bytes for each step and directory. */
    private static final int LARGEST = 8 << 20;

    /** Copies the steps. */
    public BuildRecord {
        steps = List.copyOf(steps);
    }

    /** Makes one; durations are rounded to milliseconds. */
    public static BuildRecord of(
            String image,
            String version,
            Instant started,
            Duration duration,
            List<Step> steps,
            Host host,
            Size source,
            DirectorySize tree) {
        return new BuildRecord(
                SCHEMA, image, version, started.toString(), seconds(duration), steps, host, source, tree);
    }

    /**
     * Bytes of disks.
     *
     * @param virtual that a guest sees
     * @param stored that their files take
     */
    @JsonPropertyOrder({"virtual", "stored"})
    public record Size(long virtual, long stored) {}

    /**
     * One step.
     *
     * @param bytes bytes that it read, wrote or freed; 0 when it has no such figure
     */
    @JsonPropertyOrder({"step", "seconds", "bytes"})
    public record Step(String step, double seconds, long bytes) {

        /** Rounds the duration to milliseconds. */
        public static Step of(String step, Duration duration, long bytes) {
            return new Step(step, BuildRecord.seconds(duration), bytes);
        }
    }

    /**
     * The machine.
     *
     * @param cores processors that this JVM may use
     * @param java version and vendor
     * @param tools version by name of each program that was run
     */
    @JsonPropertyOrder({"os", "kernel", "architecture", "cores", "java", "tools"})
    public record Host(
            String os, String kernel, String architecture, int cores, String java, SortedMap<String, String> tools) {

        /** Copies the tools. */
        public Host {
            tools = Collections.unmodifiableSortedMap(new TreeMap<>(tools));
        }

        /** The machine that this JVM runs on. */
        public static Host current(Map<String, String> tools) {
            return new Host(
                    System.getProperty("os.name", ""),
                    System.getProperty("os.version", ""),
                    System.getProperty("os.arch", ""),
                    Runtime.getRuntime().availableProcessors(),
                    System.getProperty("java.version", "") + " " + System.getProperty("java.vendor", ""),
                    new TreeMap<>(tools));
        }
    }

    /** {@code <name>.build.json}. */
    public static String fileName(String name) {
        return name + ".build.json";
    }

    /** Writes and syncs it. */
    public void write(Path file) throws IOException {
        Json.write(file, Json.pretty(this));
    }

    /**
     * Reads one that anybody may have written. Unknown fields are ignored.
     *
     * @throws ImageException SOURCE when it is no build record that this version reads
     */
    public static BuildRecord read(Path file) throws IOException {
        return of(file, Json.read(file, LARGEST, reason -> bad(file, reason)));
    }

    /**
     * The same of a text.
     *
     * @param where what messages call it
     */
    public static BuildRecord parse(String where, String text) {
        Path name = Path.of(where);
        return of(name, Json.parse(text, LARGEST, reason -> bad(name, reason)));
    }

    private static BuildRecord of(Path file, JsonNode tree) {
        String schema = tree.path("schema").asText();
        if (!schema.equals(SCHEMA)) {
            throw bad(file, "its schema is '" + schema + "', this version reads " + SCHEMA);
        }
        return Json.as(BuildRecord.class, tree, reason -> bad(file, reason));
    }

    private static ImageException bad(Path file, String reason) {
        return ImageException.of(Kind.SOURCE, "Cannot read the build record " + file, reason, "Build the image again.");
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
