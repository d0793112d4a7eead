package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressEvent;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** The build's thread is interrupted, which is how Maven and Jenkins cancel: the build ends soon and leaves nothing. */
public class CancelledBuildTest {

    @ClassRule
    public static final TemporaryFolder SHARED = new TemporaryFolder();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static Path disk;

    @BeforeClass
    public static void makeDisk() throws IOException {
        disk = new GuestDisk(SHARED.getRoot().toPath().resolve("guest"), "gpt", 64).write();
    }

    @AfterClass
    public static void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    public void cancelledBeforeItBegins() throws IOException {
        Thread.currentThread().interrupt();
        cancelledAt("");
    }

    @Test
    public void cancelledBeforeTheGuestJob() throws IOException {
        List<String> heard = cancelledAt("started source");
        assertFalse(heard.toString(), heard.contains("started shrink"));
    }

    @Test
    public void cancelledInTheWorker() throws IOException {
        List<String> heard = cancelledAt("started check");
        assertFalse(heard.toString(), heard.contains("ended shrink"));
    }

    @Test
    public void cancelledWhileWriting() throws IOException {
        List<String> heard = cancelledAt("started write");
        assertFalse(heard.toString(), heard.contains("ended write"));
    }

    @Test
    public void cancelledBeforeNamesAreGiven() throws IOException {
        cancelledAt("ended write");
    }

    private List<String> cancelledAt(String moment) throws IOException {
        Path out = folder.newFolder("out").toPath();
        Path tmp = folder.newFolder("tmp").toPath();
        ImageBuildRequest plain = Requests.of(disk, out, "raw", "qcow2");
        ImageBuildRequest request =
                plain.toBuilder().outputDirectory(out).workDirectory(tmp).build();
        List<String> heard = new ArrayList<>();
        ImageException failure = assertThrows(
                ImageException.class,
                () -> ImageBuild.run(request, event -> {
                    heard.add(moment(event));
                    if (moment(event).equals(moment)) {
                        Thread.currentThread().interrupt();
                    }
                }));
        assertTrue("the caller still sees the interrupt", Thread.interrupted());
        assertEquals(failure.getMessage(), ImageException.Kind.CANCELLED, failure.kind());
        for (Path directory : List.of(out, tmp)) {
            try (Stream<Path> left = Files.list(directory)) {
                assertEquals(List.of(), left.toList());
            }
        }
        assertEquals(
                List.of(),
                ProcessHandle.current()
                        .descendants()
                        .map(ProcessHandle::info)
                        .map(Object::toString)
                        .toList());
        return heard;
    }

    private static String moment(ProgressEvent event) {
        if (event instanceof ProgressEvent.StepStarted started) {
            return "started " + started.step();
        }
        return event instanceof ProgressEvent.StepEnded ended ? "ended " + ended.step() : "";
    }
}
