package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.spec.ImageDescription.EngineChoice;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

/** The appliance of libguestfs ends with the build that started it, however that ends. */
public class KilledApplianceTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path disk;
    private Path out;
    private Path tmp;

    @Before
    public void makeDisk() throws IOException {
        disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64).write();
        out = folder.newFolder("out").toPath();
        tmp = folder.newFolder("tmp").toPath();
    }

    private BuildInChild build() throws IOException {
        return new BuildInChild(folder.getRoot().toPath(), disk, out, tmp, "raw")
                .engine(EngineChoice.LIBGUESTFS)
                .start();
    }

    private static boolean hasMachine(BuildInChild build) {
        return build.processes().values().stream()
                .anyMatch(line -> line.contains("qemu-system") && line.contains("mail-out"));
    }

    @Test
    public void cancelledWhileItStarts_itIsGoneInTenSeconds() throws Exception {
        try (BuildInChild build = build()) {
            build.await("the machine", () -> hasMachine(build));
            build.signal("TERM");
            long start = System.nanoTime();
            assertEquals(build.output(), 143, build.awaitEnd());
            build.assertNoProcessLeft(10);
            assertTrue(System.nanoTime() - start < 10_000_000_000L);
            assertEquals(0, Generation.unfinished(tmp));
        }
    }

    @Test
    public void whenTheWorkerIsKilledAtWork_itIsGoneInThirtySeconds() throws Exception {
        Set<Path> before = sockets();
        try (BuildInChild build = build()) {
            build.awaitStep("inspect");
            assertTrue(hasMachine(build));
            build.processes().entrySet().stream()
                    .filter(process -> process.getValue().contains("io.imagewright.worker.WorkerMain"))
                    .forEach(process -> process.getKey().destroyForcibly());
            assertNotEquals(0, build.awaitEnd());
            build.assertNoProcessLeft(30);
            assertTrue(build.output(), build.output().contains("it was killed by SIGKILL"));
            assertEquals(0, Generation.unfinished(tmp));
            assertEquals(
                    List.of(),
                    sockets().stream().filter(path -> !before.contains(path)).toList());
        }
    }

    /** Directories of libguestfs where it keeps its sockets. */
    private static Set<Path> sockets() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/tmp"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("libguestfs"))
                    .collect(Collectors.toSet());
        }
    }
}
