package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressEvent;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** Further disks that cannot be what they are said to be: an error that names the disk, and nothing left behind. */
public class BadDisksTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<String> steps = new ArrayList<>();
    private Path base = Path.of("unset");
    private TwoDisks disks;

    @Before
    public void makeDisks() throws IOException {
        base = folder.getRoot().toPath();
        disks = TwoDisks.in(base.resolve("source"));
        Files.createDirectory(base.resolve("out"));
    }

    @After
    public void nothingIsLeftBehind() throws IOException {
        try (Stream<Path> left = Files.list(base.resolve("out"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    private void refused(ImageException.Kind kind, String reason, Path... media) {
        ImageException failure = assertThrows(
                ImageException.class,
                () -> ImageBuild.run(
                        Requests.inProcess(TwoDisks.of(List.of(media), "raw"), base.resolve("out")), event -> {
                            if (event instanceof ProgressEvent.StepStarted started) {
                                steps.add(started.step());
                            }
                        }));
        assertTrue(failure.getMessage(), failure.getMessage().contains(reason));
        assertEquals(kind, failure.kind());
    }

    @Test
    public void missing() {
        refused(ImageException.Kind.SOURCE, "nowhere.qcow2: no such file", disks.root(), base.resolve("nowhere.qcow2"));
        assertEquals("no work before", List.of("source", "source"), steps);
    }

    @Test
    public void truncated() {
        GuestDisk.run("truncate", "-s", "1M", disks.data().toString());
        refused(ImageException.Kind.SOURCE, "data.qcow2", disks.root(), disks.data());
    }

    @Test
    public void theSameFileByTwoNames() throws IOException {
        Path link = Files.createSymbolicLink(base.resolve("source/link.raw"), disks.root());
        Path hard = Files.createLink(base.resolve("source/hard.raw"), disks.root());
        for (Path other : List.of(link, hard, base.resolve("source/../source/root.raw"))) {
            steps.clear();
            refused(
                    ImageException.Kind.DESCRIPTION,
                    "Cannot take disk 1 and disk 2 for two disks of a guest",
                    disks.root(),
                    other);
            assertEquals("no work before", List.of("source", "source"), steps);
        }
    }

    @Test
    public void theBackingFileOfTheFirst() {
        Path overlay = base.resolve("source/overlay.qcow2");
        GuestDisk.run(
                "qemu-img",
                "create",
                "-q",
                "-f",
                "qcow2",
                "-F",
                "raw",
                "-b",
                disks.root().toString(),
                overlay.toString());
        refused(ImageException.Kind.DESCRIPTION, "both are made of", overlay, disks.root());
    }

    @Test
    public void theSystemIsOnTheSecond() {
        refused(
                ImageException.Kind.DESCRIPTION,
                "Cannot take data.qcow2 for the first disk of the guest: its system is on partition 1 of disk 2 (root.raw)",
                disks.data(),
                disks.root());
    }

    @Test
    public void homeIsOnADiskThatIsNotGiven() {
        refused(
                ImageException.Kind.SOURCE,
                "/etc/fstab mounts /dev/vdb1 on /home, but no file system of the medium has that name",
                disks.root());
    }
}
