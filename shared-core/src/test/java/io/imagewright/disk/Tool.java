package io.imagewright.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.Assert.assertEquals;

/** Runs the real programs that the tests compare with. A missing one fails the test and names its Debian package. */
final class Tool {

    private static final Map<String, String> PACKAGES = Map.ofEntries(
            Map.entry("sgdisk", "gdisk"),
            Map.entry("sfdisk", "fdisk"),
            Map.entry("fdisk", "fdisk"),
            Map.entry("parted", "parted"),
            Map.entry("qemu-img", "qemu-utils"),
            Map.entry("zip", "zip"),
            Map.entry("qemu-io", "qemu-utils"),
            Map.entry("mkfs.vfat", "dosfstools"),
            Map.entry("fsck.vfat", "dosfstools"),
            Map.entry("mcopy", "mtools"),
            Map.entry("mdel", "mtools"),
            Map.entry("mmd", "mtools"),
            Map.entry("mke2fs", "e2fsprogs"));

    private Tool() {}

    /** Standard output of a run that must succeed. */
    static String run(String... argv) {
        return feed("", argv);
    }

    /** The same with something on standard input. */
    static String feed(String input, String... argv) {
        Outcome outcome = attempt(input, argv);
        assertEquals(String.join(" ", argv) + "\n" + outcome.output(), 0, outcome.exitCode());
        return outcome.output();
    }

    record Outcome(int exitCode, String output) {}

    /** A run that may fail; the output holds diagnostics too. */
    static Outcome attempt(String input, String... argv) {
        List<String> command =
                Stream.concat(Stream.of(find(argv[0])), Stream.of(argv).skip(1)).toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            Path stdin = Files.createTempFile("tool", ".in");
            Files.writeString(stdin, input);
            Process process = builder.redirectInput(stdin.toFile()).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(command + " hangs", true, process.waitFor(60, TimeUnit.SECONDS));
            Files.delete(stdin);
            return new Outcome(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String find(String program) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/sbin"))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        program + " is missing: apt-get install " + PACKAGES.getOrDefault(program, "util-linux")))
                .toString();
    }
}
