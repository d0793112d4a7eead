package io.imagewright.shrink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.imagewright.disk.Partition;
import io.imagewright.disk.PartitionTable;
import io.imagewright.disk.PartitionTables;
import io.imagewright.disk.SparseFile;
import io.imagewright.exec.Command;
import io.imagewright.exec.Limits;
import io.imagewright.exec.ProcessExec;
import io.imagewright.guest.Volume;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;

public class ShrinkPlanTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void trailingSwapGoesAndTheExtBeforeItIsShrunk() throws IOException {
        ShrinkPlan plan = plan("label: dos\nsize=100M\nsize=20M, type=82\n", "ext4", "swap");
        assertEquals(new ShrinkPlan(Set.of(2), "2:20", 1, ""), plan);
    }

    @Test
    public void swapSizeIsRoundedUpToMebibytes() throws IOException {
        ShrinkPlan plan = plan("label: gpt\n1 : start=2048, size=20480\n2 : start=40960, size=40961\n", "ext4", "swap");
        assertEquals("2:21", plan.swap());
    }

    @Test
    public void severalTrailingSwapsGo_theLastOneRemovedIsRecorded() throws IOException {
        ShrinkPlan plan = plan("label: gpt\nsize=100M\nsize=20M\nsize=30M\n", "ext4", "swap", "swap");
        assertEquals(new ShrinkPlan(Set.of(2, 3), "2:20", 1, ""), plan);
    }

    @Test
    public void logicalSwapGoes() throws IOException {
        ShrinkPlan plan =
                plan("label: dos\n1 : size=100M\n2 : size=40M, type=5\n5 : size=20M, type=82\n", "ext4", "swap");
        assertEquals(new ShrinkPlan(Set.of(5), "5:20", 1, ""), plan);
    }

    @Test
    public void swapThatIsNotLastStays() throws IOException {
        ShrinkPlan plan = plan("label: dos\nsize=20M, type=82\nsize=100M\n", "swap", "ext4");
        assertEquals(new ShrinkPlan(Set.of(), "", 2, ""), plan);
    }

    @Test
    public void theOnlyPartitionIsNeverRemoved() throws IOException {
        ShrinkPlan plan = plan("label: dos\nsize=100M, type=82\n", "swap");
        assertEquals(Set.of(), plan.removed());
        assertEquals(
                "Unable to shrink partition: 1. Reason: Don't know how to shrink swap file systems.", plan.reason());
    }

    @Test
    public void whatCannotBeShrunkIsSaid() throws IOException {
        assertEquals(
                "Unable to shrink partition: 1. Reason: Could not detect file system.",
                plan("label: dos\nsize=100M\n", "").reason());
        assertEquals(
                "Unable to shrink partition: 2. Reason: XFS file systems cannot be shrunk.",
                plan("label: dos\nsize=50M\nsize=50M\n", "ext4", "xfs").reason());
    }

    @Test
    public void partitionThatLiesLastIsTaken_whateverItsNumber() throws IOException {
        ShrinkPlan plan =
                plan("label: gpt\n1 : start=300000, size=20000\n2 : start=2048, size=20000\n", "ext4", "ext4");
        assertEquals(1, plan.target());
    }

    private ShrinkPlan plan(String sfdisk, String... types) throws IOException {
        Path disk = folder.newFile().toPath();
        try (SparseFile file = SparseFile.create(disk, 256L << 20)) {
            file.sync();
        }
        Path script = folder.newFile().toPath();
        Files.writeString(script, sfdisk);
        new ProcessExec()
                .run(new Command(
                        List.of("sh", "-c", "sfdisk -q \"$1\" < \"$2\"", "sh", disk.toString(), script.toString()),
                        Map.of(),
                        Limits.ofTime(Duration.ofSeconds(20))));
        PartitionTable table;
        try (SparseFile file = SparseFile.openRead(disk)) {
            table = PartitionTables.read(file, 512);
        }
        List<Volume> volumes = new ArrayList<>();
        int next = 0;
        for (Partition partition : table.partitions()) {
            if (partition.role() != Partition.Role.EXTENDED) {
                volumes.add(new Volume(
                        partition.number(),
                        types[next++],
                        "",
                        "",
                        "",
                        "",
                        partition.start() * 512,
                        partition.sectors() * 512));
            }
        }
        return ShrinkPlan.of(volumes);
    }

    @Test
    public void keepsSwapOfAFurtherDisk_asDeploymentMakesThatOfTheFirst() {
        Volume data = new Volume(Volume.number(1, 1), "ext4", "", "", "", "", 0, 1 << 20);
        Volume swap = new Volume(Volume.number(1, 2), "swap", "", "", "", "", 1 << 20, 1 << 20);
        ShrinkPlan plan = ShrinkPlan.of(List.of(data, swap));
        assertEquals(Set.of(), plan.removed());
        assertEquals("", plan.swap());
        assertEquals(
                "Unable to shrink partition: 2 of disk 2. Reason: Don't know how to shrink swap file systems.",
                plan.reason());
    }
}
