package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

import io.imagewright.progress.ProgressListener;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** A build that is hit by a signal, or whose worker is, over the outputs of an earlier build. */
public class KilledBuildTest {

    @ClassRule
    public static final TemporaryFolder SHARED = new TemporaryFolder();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static Path earlierOutputs;
    private static Path disk;

    private Path out;
    private Path tmp;
    private Map<String, String> earlier;

    @BeforeClass
    public static void buildOnce() throws IOException {
        Path root = SHARED.getRoot().toPath();
        earlierOutputs = root.resolve("earlier");
        Path old = new GuestDisk(root.resolve("old"), "dos", 64)
                .file("etc/generation", "old\n")
                .write();
        ImageBuild.run(Requests.of(old, earlierOutputs, "raw", "diskdump"), ProgressListener.NONE);
        disk = new GuestDisk(root.resolve("new"), "dos", 64)
                .file("etc/generation", "new\n")
                .write();
    }

    @Before
    public void putEarlierOutputs() throws IOException {
        out = Generation.copy(earlierOutputs, folder.getRoot().toPath().resolve("out"));
        tmp = folder.newFolder("tmp").toPath();
        earlier = Generation.of(out);
        assertTrue(earlier.toString(), earlier.containsKey("guest-1.image-manifest.json"));
    }

    @Test
    public void saysThatTheWorkerWasKilled() throws Exception {
        try (BuildInChild build = build().pauseInWorker().start()) {
            build.awaitPause();
            ProcessHandle worker = build.processes().entrySet().stream()
                    .filter(process -> process.getValue().contains("io.imagewright.worker.WorkerMain"))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            worker.destroyForcibly();

            assertEquals(1, build.awaitEnd());
            assertTrue(
                    build.output(),
                    build.output()
                            .contains("ENVIRONMENT The worker that prepares the guest died: it was killed by SIGKILL "
                                    + "(often: the machine ran out of memory). "));
            assertFalse(build.output(), build.output().contains("\tat "));
            assertNothingLeft(build);
        }
    }

    @Test
    public void leavesNothing_whenInterruptedInTheWorker() throws Exception {
        leavesNothing("INT", 130, build().pauseInWorker());
    }

    @Test
    public void leavesNothing_whenTerminatedInTheWorker() throws Exception {
        leavesNothing("TERM", 143, build().pauseInWorker());
    }

    @Test
    public void leavesNothing_whenTheWorkersProgramClingsToLife() throws Exception {
        leavesNothing(
                "TERM",
                143,
                build().before("e2fsck", "trap '' TERM INT; sleep 600 &").pauseInWorker());
    }

    @Test
    public void leavesNothing_whenInterruptedWhileWriting() throws Exception {
        leavesNothing("INT", 130, build().pauseAt("write"));
    }

    @Test
    public void leavesNothing_whenTerminatedWhileWriting() throws Exception {
        leavesNothing("TERM", 143, build().pauseAt("write"));
    }

    private void leavesNothing(String signal, int exitCode, BuildInChild made) throws Exception {
        try (BuildInChild build = made.start()) {
            build.awaitPause();
            build.signal(signal);
            assertEquals(build.output(), exitCode, build.awaitEnd());
            assertNothingLeft(build);
        }
    }

    @Test
    public void nextBuildSweeps_afterAKillInTheWorker() throws Exception {
        nextBuildSweeps(build().pauseInWorker());
    }

    @Test
    public void nextBuildSweeps_afterAKillWhileWriting() throws Exception {
        nextBuildSweeps(build().pauseAt("write"));
    }

    private void nextBuildSweeps(BuildInChild made) throws Exception {
        try (BuildInChild build = made.start()) {
            build.awaitPause();
            build.signal("KILL");
            build.awaitEnd();
            build.assertNoProcessLeft();
        }
        assertEquals("nobody could remove it", 1, Generation.unfinished(out));
        assertEquals("nobody could remove it", 1, Generation.unfinished(tmp));
        assertEquals(earlier, Generation.of(out));
        nextBuildSucceeds();
    }

    /** The moment is not in our hands here, so the promise is: whatever the moment, no manifest speaks of other files. */
    @Test
    public void neverMixesGenerations_whenKilledWhileNamesAreGiven() throws Exception {
        Path manifest = out.resolve("guest-1.image-manifest.json");
        Object old = fileKey(manifest);
        try (BuildInChild build = build().start()) {
            build.awaitStep("write");
            build.await("the end of the old manifest", () -> !old.equals(fileKey(manifest)));
            build.handle().destroyForcibly();
            build.awaitEnd();
            build.assertNoProcessLeft();
        }
        Generation.assertNotMixed(out);
        nextBuildSucceeds();
    }

    private static Object fileKey(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException gone) {
            return "gone";
        }
    }

    private void nextBuildSucceeds() throws Exception {
        try (BuildInChild next = build().start()) {
            assertEquals(next.output(), 0, next.awaitEnd());
            assertNoDirectoryLeft();
        }
        Generation.assertNotMixed(out);
        Map<String, String> later = Generation.of(out);
        assertEquals(earlier.keySet(), later.keySet());
        assertFalse(later.get("guest-1.raw").equals(earlier.get("guest-1.raw")));
    }

    private BuildInChild build() {
        return new BuildInChild(folder.getRoot().toPath(), disk, out, tmp, "raw", "diskdump");
    }

    private void assertNothingLeft(BuildInChild build) throws IOException {
        build.assertNoProcessLeft();
        assertNoDirectoryLeft();
        assertEquals("the earlier build's outputs", earlier, Generation.of(out));
    }

    private void assertNoDirectoryLeft() throws IOException {
        assertEquals(0, Generation.unfinished(out));
        assertEquals(0, Generation.unfinished(tmp));
        assertEquals(Map.of(), Generation.of(tmp));
    }
}
