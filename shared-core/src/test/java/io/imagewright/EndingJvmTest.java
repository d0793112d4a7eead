package io.imagewright;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressListener;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class EndingJvmTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aBuildThatBeginsWhileTheJvmEnds_isCancelledAndMakesNothing() throws Exception {
        Path out = folder.getRoot().toPath().resolve("out");
        Path log = folder.newFile("log").toPath();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndingJvmTest.class.getName(),
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
        assertEquals(
                "CANCELLED Stopped before java was started: the JVM is ending",
                Files.readString(log).strip());
        assertFalse(Files.exists(out));
    }

    /** Ends, and begins a build while it does. */
    public static void main(String[] args) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                ImageBuild.run(Requests.of(Path.of("disk.raw"), Path.of(args[0]), "raw"), ProgressListener.NONE);
            } catch (ImageException failure) {
                System.out.println(failure.kind() + " " + failure.getMessage());
            }
        }));
    }
}
