package io.imagewright.worker;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.imagewright.api.ApplianceSettings;
import io.imagewright.api.Credentials;
import io.imagewright.error.ImageException;
import io.imagewright.job.GuestJob;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.spec.ImageDescription;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class WorkerClientTest {

    private static final List<Path> CLASS_PATH = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private GuestJob job(String media) {
        Path directory = folder.getRoot().toPath();
        return new GuestJob(
                GuestJob.Purpose.INSPECT,
                ImageDescription.builder("guest", media).build(),
                Map.of(),
                new GuestJob.Directories(directory, directory.resolve("guest"), directory),
                GuestJob.Outputs.NONE,
                ApplianceSettings.DEFAULT,
                Credentials.NONE,
                false,
                null);
    }

    private static List<ProcessHandle> workers() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(WorkerMain.class.getName()))
                .toList();
    }

    /** A process has no command line for a moment after it was started: the kernel sets it after the parent goes on. */
    private static ProcessHandle startedWorker() throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        List<ProcessHandle> found = workers();
        while (found.isEmpty() && System.nanoTime() < limit) {
            Thread.sleep(10);
            found = workers();
        }
        return found.get(0);
    }

    @Test
    public void oneThatIsKilledBeforeItsJob_isReportedAsSuch() throws Exception {
        List<ProgressEvent> events = new ArrayList<>();
        try (WorkerClient client = WorkerClient.start(CLASS_PATH)) {
            ProcessHandle worker = startedWorker();
            worker.destroyForcibly();
            worker.onExit().get(10, TimeUnit.SECONDS);

            ImageException failure = assertThrows(ImageException.class, () -> client.run(job("disk.raw"), events::add));
            assertEquals(failure.getMessage(), ImageException.Kind.ENVIRONMENT, failure.kind());
            assertTrue(failure.getMessage(), failure.getMessage().contains("it was killed by SIGKILL"));
        }
        assertTrue(events.get(0) instanceof ProgressEvent.ProgramEnded ended && ended.exitCode() == 137);
    }

    @Test
    public void oneThatCannotStart_saysWhy() {
        try (WorkerClient client = WorkerClient.start(List.of(folder.getRoot().toPath()))) {
            ImageException failure = assertThrows(ImageException.class, () -> client.run(job("disk.raw"), event -> {}));
            assertEquals(ImageException.Kind.INTERNAL, failure.kind());
            assertTrue(failure.getMessage(), failure.getMessage().contains("it said: Error: Could not find"));
        }
    }

    @Test(timeout = 10_000)
    public void oneWithoutAJob_endsAtOnce() {
        WorkerClient.start(CLASS_PATH).close();
        assertEquals(List.of(), workers());
    }

    @Test
    public void aJobThatFails_isReportedWithItsMessage() {
        try (WorkerClient client = WorkerClient.start(CLASS_PATH)) {
            ImageException failure =
                    assertThrows(ImageException.class, () -> client.run(job("missing.raw"), event -> {}));
            assertTrue(failure.getMessage(), failure.getMessage().contains("missing.raw"));
            assertFalse(failure.getMessage(), failure.getMessage().contains("died"));
        }
    }
}
