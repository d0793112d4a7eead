package io.imagewright.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.imagewright.GuestDisk;
import io.imagewright.api.ApplianceSettings;
import io.imagewright.api.Credentials;
import io.imagewright.disk.SourceImage;
import io.imagewright.exec.ProcessExec;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.Steps;
import io.imagewright.spec.ImageDescription;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;

public class EngineSelectionTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** Features of the root file system, and why {@code auto} takes libguestfs for it. */
    @Test
    public void autoTakesLibguestfsForFeaturesThatOnlyTheKernelEdits() throws Exception {
        Map<List<String>, Optional<String>> rows = Map.of(
                List.of("-O", "bigalloc", "-C", "65536"),
                Optional.of("partition 2 uses the feature bigalloc, which the engine direct does not serve"),
                List.of("-O", "ea_inode"),
                Optional.of("partition 2 uses the feature ea_inode, which the engine direct does not serve"),
                List.of("-O", "inline_data,orphan_file", "-I", "256"),
                Optional.empty());
        for (Map.Entry<List<String>, Optional<String>> row : rows.entrySet()) {
            Path directory = folder.newFolder().toPath();
            Path disk = new GuestDisk(directory, "dos", 48)
                    .mke2fs(row.getKey().toArray(String[]::new))
                    .write();
            assertEquals(row.getValue(), reason(disk));
        }
    }

    /** The engine direct would leave the one id of all machines in the loader entry. */
    @Test
    public void autoTakesLibguestfsForAMachineIdOnTheEspOnly() throws Exception {
        Map<String, Optional<String>> rows = Map.of(
                "options ro systemd.machine_id=0123456789abcdef0123456789abcdef",
                Optional.of(
                        "partition 1 (vfat) holds a kernel command line with systemd.machine_id=, and the engine direct"
                                + " changes no files on FAT"),
                "options ro systemd.machine_id=firmware",
                Optional.empty(),
                "options ro quiet",
                Optional.empty());
        for (Map.Entry<String, Optional<String>> row : rows.entrySet()) {
            Path directory = folder.newFolder().toPath();
            GuestDisk guest = new GuestDisk(directory, "gpt", 48);
            Path disk = guest.write();
            Path entry = Files.writeString(directory.resolve("x.conf"), row.getKey() + "\n");
            GuestDisk.run("mcopy", "-i", disk + "@@" + guest.fatOffset(), entry.toString(), "::/x.conf");
            assertEquals(row.getKey(), row.getValue(), reason(disk));
        }
    }

    private static Optional<String> reason(Path disk) throws Exception {
        Path directory = disk.toAbsolutePath().getParent();
        ProcessExec exec = new ProcessExec();
        SourceImage source = SourceImage.open(disk, "raw", directory, exec);
        try (WorkingDisks disks = WorkingDisks.open(List.of(source), directory, exec, done -> {})) {
            EngineSelection selection = OpenedJob.of(
                            job(directory), Optional.empty(), disks, exec, new Steps(ProgressListener.NONE))
                    .selection();
            return selection.mounts() ? Optional.of(selection.reason().describe()) : Optional.empty();
        }
    }

    private static GuestJob job(Path directory) {
        return new GuestJob(
                GuestJob.Purpose.PLAN,
                ImageDescription.builder("guest", "disk.raw").build(),
                Map.of(),
                new GuestJob.Directories(directory, directory, directory),
                GuestJob.Outputs.NONE,
                ApplianceSettings.DEFAULT,
                Credentials.NONE,
                false,
                null);
    }
}
