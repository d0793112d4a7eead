package io.imagewright.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.imagewright.GuestDisk;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** The jar as users start it: with nothing but Java, its workers from itself. */
public class SelfContainedJarIT {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Process start(String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String jar = Path.of(System.getProperty("imagewright.cli.jar"))
                .toAbsolutePath()
                .toString();
        List<String> argv = Stream.concat(Stream.of(java, "-jar", jar), Stream.of(arguments))
                .toList();
        return new ProcessBuilder(argv)
                .directory(folder.getRoot())
                .redirectError(new File(folder.getRoot(), "stderr"))
                .start();
    }

    private Path disk(int mebibytes) throws IOException {
        return new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", mebibytes).write();
    }

    private String stderr() throws IOException {
        return Files.readString(folder.getRoot().toPath().resolve("stderr"));
    }

    @Test
    public void argumentsFromStandardInput_keepDollarsAndQuotes() throws Exception {
        Process process = start("from-stdin");
        String input = new JsonMapper()
                .writeValueAsString(java.util.Map.of(
                        "arguments",
                        List.of(
                                "build",
                                disk(64).toString(),
                                "--output-directory=out $HOME 'x'",
                                "--property=DESCRIPTION=costs $5 \"or\" more",
                                "--progress=json")));
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(stderr(), 0, process.waitFor());
        assertEquals(
                "costs $5 \"or\" more",
                new JsonMapper()
                        .readTree(lines.get(lines.size() - 1))
                        .at("/result/manifest/properties/DESCRIPTION")
                        .asText());
        assertTrue(Files.exists(folder.getRoot().toPath().resolve("out $HOME 'x'")));
    }

    /** As an aborted build does it: the program is killed without a word, and nothing of it stays. */
    @Test
    public void killed_leavesNoProcessAndNoImage() throws Exception {
        Path disk = disk(64);
        // random bytes take long to compress
        GuestDisk.shell(
                "truncate -s 3G \"$1\" && dd if=/dev/urandom of=\"$1\" bs=1M seek=200 count=600 conv=notrunc 2>&1",
                disk);
        Process process = start(
                "convert",
                disk.toString(),
                "--format=raw.xz",
                "--output-directory=out",
                "--progress=json",
                "--tmpdir=.");
        Thread.sleep(TimeUnit.SECONDS.toMillis(4));
        assertTrue(stderr(), process.isAlive());
        process.destroyForcibly().waitFor();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (left() > 0 && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        assertEquals(0, left());
        try (Stream<Path> files = Files.list(folder.getRoot().toPath().resolve("out"))) {
            assertFalse(files.anyMatch(file -> !file.getFileName().toString().startsWith(".")));
        }
    }

    private long left() {
        String top = folder.getRoot().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(top))
                .count();
    }
}
