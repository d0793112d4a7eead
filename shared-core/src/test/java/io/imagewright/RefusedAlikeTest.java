package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.api.ImagePlan;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.ErrorCollector;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** What a build refuses of a source, an inspection and a plan refuse in the same words, before anything is copied. */
public class RefusedAlikeTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final ErrorCollector failures = new ErrorCollector();

    private interface Making {
        void change(GuestDisk guest, Path disk) throws IOException;
    }

    /**
     * A disk that is refused.
     *
     * @param mke2fs options
     * @param then what is done to the finished disk
     * @param said what the error says
     */
    private record Row(String name, List<String> mke2fs, Making then, List<String> said) {}

    private static Row damaged(String name, List<String> said, String... debugfs) {
        return new Row(name, List.of(), (guest, disk) -> LaidOutDisk.debugfs(disk, guest.rootOffset(), debugfs), said);
    }

    private static final List<Row> ROWS = List.of(
            new Row(
                    "larger than its partition",
                    List.of(),
                    (guest, disk) -> GuestDisk.shell("echo ', 24M' | sfdisk -q --no-reread -N 2 \"$1\" 2>&1", disk),
                    List.of("its file system has 50331648 bytes, but the partition only 25165824", "resize2fs")),
            damaged(
                    "journal elsewhere",
                    List.of("its journal is on another device", "tune2fs -O ^has_journal", "tune2fs -j"),
                    "set_super_value journal_inum 0",
                    "set_super_value journal_uuid 11111111-2222-4333-8444-666666666666"),
            damaged("damaged", List.of("has errors: e2fsck found: "), "clri /etc"),
            damaged("compressed", List.of("it uses the feature compression"), "feature compression"),
            damaged("read-only", List.of("tune2fs -O ^read-only"), "feature read-only"),
            damaged("of the future", List.of("a feature that is not known"), "feature FEATURE_I30"),
            new Row(
                    "bigalloc",
                    List.of("-O", "bigalloc", "-C", "65536"),
                    (guest, disk) -> {},
                    List.of("it uses the feature bigalloc", "Set engine: auto", "tune2fs cannot turn it off")),
            new Row(
                    "ea_inode",
                    List.of("-O", "ea_inode"),
                    (guest, disk) -> {},
                    List.of("it uses the feature ea_inode", "Set engine: auto")));

    @Test
    public void byInspectionPlanAndBuild() throws IOException {
        for (Row row : ROWS) {
            Path directory = folder.newFolder().toPath();
            GuestDisk guest =
                    new GuestDisk(directory, "dos", 48).mke2fs(row.mke2fs().toArray(String[]::new));
            Path disk = guest.write();
            row.then().change(guest, disk);
            failures.checkSucceeds(() -> {
                refused(row, disk, directory.resolve("out"));
                return null;
            });
        }
    }

    private interface Command {
        Object run(ImageBuildRequest request, ProgressListener listener);
    }

    private static void refused(Row row, Path disk, Path out) {
        ImageDescription description =
                Requests.with(Requests.description(disk, "raw"), ImageDescription.EngineChoice.DIRECT);
        List<String> messages = new ArrayList<>();
        for (Command command : List.<Command>of(ImageBuild::inspect, ImageBuild::plan, ImageBuild::run)) {
            List<String> steps = new ArrayList<>();
            ImageException refused = assertThrows(
                    row.name(),
                    ImageException.class,
                    () -> command.run(Requests.inProcess(description, out), event -> {
                        if (event instanceof ProgressEvent.StepStarted started) {
                            steps.add(started.step());
                        }
                    }));
            // e2fsck names its file, which is in a directory of the build
            messages.add(String.valueOf(refused.getMessage()).replaceAll("/\\S+/guest/", "/guest/"));
            assertFalse(row.name() + ": " + steps, steps.contains("copy"));
        }
        assertEquals(row.name() + ": " + messages, 1, new TreeSet<>(messages).size());
        row.said().forEach(said -> assertTrue(messages.get(0), messages.get(0).contains(said)));
        assertTrue(messages.get(0), messages.get(0).contains("disk.raw"));
        assertFalse(messages.get(0), messages.get(0).contains("report"));
        assertFalse(Files.exists(out.resolve("guest-1.raw")));
    }

    @Test
    public void whatIsServedIsDoneAsPlanned() throws IOException {
        for (String feature : List.of("inline_data", "orphan_file", "stable_inodes")) {
            Path directory = folder.newFolder().toPath();
            Path disk = new GuestDisk(directory, "dos", 48)
                    .mke2fs("-I", "256", "-O", feature)
                    .write();
            ImageBuildRequest request = Requests.inProcess(Requests.description(disk, "raw"), directory.resolve("out"));
            ImagePlan plan = ImageBuild.plan(request, ProgressListener.NONE);
            ImageBuildResult result = ImageBuild.run(request, ProgressListener.NONE);
            assertEquals(
                    feature,
                    plan.operations().stream()
                            .map(operation ->
                                    operation.name() + " " + operation.changes().size())
                            .toList(),
                    result.operations().stream()
                            .map(operation -> operation.name() + " " + operation.changes())
                            .toList());
            assertEquals(
                    feature.equals("stable_inodes")
                            ? "swap partition 3 is removed, Unable to shrink partition: 2. Reason: It uses the feature"
                                    + " stable_inodes, with which it is not made smaller."
                            : "swap partition 3 is removed, partition 2 becomes as small as its content allows",
                    plan.shrink());
        }
    }
}
