package io.imagewright;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.api.ImagePlan;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class PlanTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aPlanIsWhatTheBuildThenDoes_andWritesNothing() throws Exception {
        Path disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64).write();
        Path out = folder.getRoot().toPath().resolve("out");
        ImageBuildRequest request = Requests.of(disk, out, "qcow2", "raw");
        Path before = Files.copy(disk, folder.getRoot().toPath().resolve("before"));

        ImagePlan plan = ImageBuild.plan(request, ProgressListener.NONE);

        assertEquals(-1, Files.mismatch(before, disk));
        assertFalse(Files.exists(out));
        assertEquals(List.of("guest-1.qcow2", "guest-1.raw"), plan.files());
        assertEquals("swap partition 3 is removed, partition 2 becomes as small as its content allows", plan.shrink());
        ImagePlan.OperationPlan tmp = operation(plan, "cleanup-tmp");
        assertTrue(
                tmp.changes().toString(),
                tmp.changes().contains(new ImagePlan.PlannedChange("/tmp/rubbish", "delete with everything below")));
        assertTrue(operation(plan, "cleanup-passwords").changes().stream()
                .anyMatch(change ->
                        change.path().equals("/etc/shadow") && change.change().startsWith("write ")));

        ImageBuildResult result = ImageBuild.run(request, ProgressListener.NONE);
        assertEquals(
                result.operations(),
                plan.operations().stream()
                        .map(operation -> new ImageBuildResult.OperationReport(
                                operation.name(), operation.changes().size(), operation.bytes()))
                        .toList());
    }

    @Test
    public void whatIsWarnedOfIsInTheResult_andProgramsAreLogged() throws Exception {
        GuestDisk guest = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64);
        guest.file(
                "etc/fstab",
                "UUID=11111111-2222-3333-4444-555555555555 / ext4 defaults 0 1\n/dev/sdz9 /srv ext4 a 0 2\n");
        Path disk = guest.write();
        ImageBuildRequest request = Requests.of(disk, folder.getRoot().toPath().resolve("out"), "raw");
        List<ProgressEvent> events = new ArrayList<>();
        List<Message> warned = ImageBuild.plan(request, events::add).warnings();
        assertFalse(warned.isEmpty());
        assertEquals(
                events.stream()
                        .filter(event -> event instanceof ProgressEvent.Warning)
                        .map(event -> ((ProgressEvent.Warning) event).message())
                        .toList(),
                warned);
        assertTrue(
                warned.toString(),
                ImageBuild.inspect(request, ProgressListener.NONE).warnings().stream()
                        .anyMatch(warning -> warning.toString().contains("/dev/sdz9")));
        List<String> programs = events.stream()
                .filter(event -> event instanceof ProgressEvent.ProgramEnded)
                .map(event -> ((ProgressEvent.ProgramEnded) event).describe())
                .toList();
        assertTrue(
                programs.toString(),
                programs.stream().anyMatch(line -> line.matches("e2fsck -fn .* \\(exit code 0, \\d+ ms\\)")));
        assertTrue(
                programs.toString(),
                programs.get(programs.size() - 1).matches(".*/java .*WorkerMain \\(exit code 0, \\d+ ms\\)"));
    }

    @Test
    public void aDamagedFileSystemIsRefused_asTheBuildDoes() throws Exception {
        Path disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64)
                .debugfs("ln /home /home/alice/x")
                .debugfs("ln /home /home/alice/y")
                .write();
        // a question mark begins the options in e2fsck's eyes
        Path renamed = Files.move(disk, disk.resolveSibling("disk?x=1.raw"));
        ImageBuildRequest request =
                Requests.of(renamed, folder.getRoot().toPath().resolve("out"), "raw");
        for (Runnable look : List.<Runnable>of(
                () -> ImageBuild.plan(request, ProgressListener.NONE),
                () -> ImageBuild.inspect(request, ProgressListener.NONE))) {
            ImageException failure = assertThrows(ImageException.class, look::run);
            assertEquals(ImageException.Kind.SOURCE, failure.kind());
            assertTrue(failure.getMessage(), failure.getMessage().contains("has errors: e2fsck found: "));
        }
    }

    private static ImagePlan.OperationPlan operation(ImagePlan plan, String name) {
        return plan.operations().stream()
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
