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
 */
@JsonPropertyOrder({"schema", "image", "version", "started", "seconds", "steps", "host"})
public record BuildRecord(
        String schema, String image, String version, String started, double seconds, List<Step> steps, Host host) {

    /** The schema that this class writes. */
    public static final String SCHEMA = "image-build/v1";

    /** Copies the steps. */
    public BuildRecord {
        steps = List.copyOf(steps);
    }

    /** Makes one; durations are rounded to milliseconds. */
    public static BuildRecord of(
            String image, String version, Instant started, Duration duration, List<Step> steps, Host host) {
        return new BuildRecord(SCHEMA, image, version, started.toString(), seconds(duration), steps, host);
    }

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

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
