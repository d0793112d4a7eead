package io.imagewright;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.imagewright.progress.ProgressListener;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class PlanTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aPlanIsWhatTheBuildThenDoes_andWritesNothing() throws Exception {
        Path disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64).write();
        Path out = folder.getRoot().toPath().resolve("out");
        ImageBuildRequest request = Requests.of(disk, out, "qcow2", "raw");
        byte[] before = Files.readAllBytes(disk);

        ImagePlan plan = ImageBuild.plan(request, ProgressListener.NONE);

        assertEquals(-1, java.util.Arrays.mismatch(before, Files.readAllBytes(disk)));
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

    private static ImagePlan.OperationPlan operation(ImagePlan plan, String name) {
        return plan.operations().stream()
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
