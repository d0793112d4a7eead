package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.imagewright.disk.Partition.Role;
import io.imagewright.error.ImageException;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class MbrTableTest extends TableTestBase {

    private Path sfdisk(long size, String script) throws IOException {
        Path disk = disk(size);
        Tool.feed("label: dos\nlabel-id: 0x1234abcd\n" + script, "sfdisk", disk.toString());
        return disk;
    }

    private Path withLogicals() throws IOException {
        return sfdisk(
                256 * MIB,
                "start=2048,size=102400,type=83,bootable\nstart=104448,type=5\n"
                        + "start=106496,size=20480,type=83\nstart=129024,size=40960,type=83\nstart=172032,size=8192,type=82\n");
    }

    @Test
    public void readsPrimaryPartitions() throws IOException {
        PartitionTable table = read(sfdisk(64 * MIB, "size=20480,type=83,bootable\nsize=4096,type=82\n"));
        assertEquals("msdos", table.kind());
        assertEquals("1234abcd", table.identifier());
        assertEquals(
                List.of(
                        new Partition(1, Role.PRIMARY, 2048, 20480, "83", "", "", 0, true),
                        new Partition(2, Role.PRIMARY, 22528, 4096, "82", "", "", 0, false)),
                table.partitions());
    }

    @Test
    public void readsLogicalPartitions() throws IOException {
        List<Partition> partitions = read(withLogicals()).partitions();
        assertEquals(
                List.of(1, 2, 5, 6, 7),
                partitions.stream().map(Partition::number).toList());
        assertEquals(Role.EXTENDED, partitions.get(1).role());
        assertEquals(new Partition(7, Role.LOGICAL, 172032, 8192, "82", "", "", 0, false), partitions.get(4));
    }

    @Test
    public void roundTrips_withBootCodeEverywhere() throws IOException {
        Path disk = withLogicals();
        patch(disk, 5, 0xEB, 0x63, 0x90);
        patch(disk, 104448L * 512 + 7, 0xCA, 0xFE);
        PartitionTable table = read(disk);
        Path copy = write(table, 256 * MIB);
        assertEquals(table, read(copy));
        assertEquals(dump(disk), dump(copy));
        assertEquals(bytes(disk, 0, 512), bytes(copy, 0, 512));
        assertEquals(bytes(disk, 104448L * 512, 512), bytes(copy, 104448L * 512, 512));
    }

    @Test
    public void shrinksLastLogicalAndItsExtended_whenTheSwapBehindIsRemoved() throws IOException {
        PartitionTable table = read(withLogicals()).shrink(Set.of(7), 6, 10240);
        long size = table.diskSize(256 * MIB);
        assertEquals((129024 + 10240 + 2048) * 512L, size);
        Path copy = write(table, size);
        assertEquals(table, read(copy));
        Partition extended = read(copy).partitions().get(1);
        assertEquals(129024 + 10240, extended.start() + extended.sectors());
        long link = 104448L * 512 + 446 + 16;
        long linked = 104448 + bytes(copy, link + 8, 4).getInt();
        assertEquals(
                "the link covers what it leads to",
                129024 + 10240 - linked,
                bytes(copy, link + 12, 4).getInt());
        String dump = dump(copy);
        assertTrue(dump, dump.contains("DISK5 : start=      106496, size=       20480, type=83"));
        assertTrue(dump, dump.contains("DISK6 : start=      129024, size=       10240, type=83"));
        assertTrue(dump, !dump.contains("DISK7"));
        Tool.run("sfdisk", "--verify", copy.toString());
        Tool.run("parted", "-s", copy.toString(), "unit", "s", "print");
    }

    @Test
    public void removesTheExtendedPartition_whenItsLastLogicalGoes() throws IOException {
        Path disk = sfdisk(64 * MIB, "size=20480,type=83\ntype=5\nsize=4096,type=82\n");
        PartitionTable table = read(disk).shrink(Set.of(5), 1, 8192);
        assertEquals(
                List.of(1), table.partitions().stream().map(Partition::number).toList());
        assertEquals((2048 + 8192 + 2048) * 512L, table.diskSize(64 * MIB));
        Path copy = write(table, table.diskSize(64 * MIB));
        assertEquals(table, read(copy));
        assertEquals(bytes(disk, 0, 446), bytes(copy, 0, 446));
    }

    @Test
    public void renumbersAsLinuxDoes_whenAnEarlierLogicalGoes() throws IOException {
        PartitionTable table = read(withLogicals()).shrink(Set.of(5), 0, 0);
        Path copy = write(table, 256 * MIB);
        assertEquals(table, read(copy));
        String dump = dump(copy);
        assertTrue(dump, dump.contains("start=      129024, size=       40960"));
        assertEquals(129024, table.partitions().get(2).start());
        assertEquals(5, table.partitions().get(2).number());
    }

    @Test
    public void neverMakesTheDiskBigger() throws IOException {
        Path disk = sfdisk(64 * MIB, "start=2048,type=83\n");
        assertEquals(64 * MIB, read(disk).diskSize(64 * MIB));
    }

    @Test
    public void refusesRequestsThatNoTableFulfils() throws IOException {
        PartitionTable table = read(withLogicals());
        assertThrows(IllegalArgumentException.class, () -> table.shrink(Set.of(9), 0, 0));
        assertThrows(IllegalArgumentException.class, () -> table.shrink(Set.of(2), 0, 0));
        assertThrows(IllegalArgumentException.class, () -> table.shrink(Set.of(), 5, 30000));
        assertThrows(IllegalArgumentException.class, () -> table.shrink(Set.of(1), 1, 10));
        assertThrows(IllegalArgumentException.class, () -> table.render(MIB));
    }

    @Test
    public void countsSectorsOf4096Bytes() throws IOException {
        Path disk = disk(256 * MIB);
        Tool.feed("o\nn\np\n1\n\n+32M\nn\ne\n2\n\n\nn\n\n+16M\nw\n", "fdisk", "-b", "4096", disk.toString());
        PartitionTable table = read(disk, 4096);
        assertEquals(
                List.of(1, 2, 5),
                table.partitions().stream().map(Partition::number).toList());
        PartitionTable shrunk = table.shrink(Set.of(), 5, 1024);
        Path copy = write(shrunk, shrunk.diskSize(256 * MIB));
        assertEquals(shrunk, read(copy, 4096));
        String list = Tool.run("fdisk", "-b", "4096", "-o", "Start,Sectors", "-l", copy.toString());
        assertTrue(list, list.contains("1024"));
        assertTrue(list, !list.contains("doesn't"));
    }

    @Test
    public void readsRandomTablesAsSfdiskWroteThem() throws IOException {
        Random random = new Random(20261);
        for (int round = 0; round < 12; round++) {
            StringBuilder script = new StringBuilder();
            long next = 2048;
            int primaries = random.nextInt(3);
            for (int i = 0; i < primaries; i++) {
                long size = 1 + random.nextInt(20000);
                script.append("start=" + next + ",size=" + size + ",type=83\n");
                next += size + random.nextInt(3) * 100L;
            }
            script.append("start=" + next + ",type=f\n");
            int logicals = 1 + random.nextInt(9);
            for (int i = 0; i < logicals; i++) {
                next += 63 + random.nextInt(2048);
                long size = 1 + random.nextInt(20000);
                script.append("start=" + next + ",size=" + size + ",type=83\n");
                next += size;
            }
            Path disk = sfdisk(256 * MIB, script.toString());
            PartitionTable table = read(disk);
            assertEquals(table, read(write(table, 256 * MIB)));
            Tool.run("sfdisk", "--verify", write(table, 256 * MIB).toString());
            int last = table.partitions().get(table.partitions().size() - 1).number();
            PartitionTable shrunk = logicals > 1 ? table.shrink(Set.of(last), last - 1, 1) : table;
            Path copy = write(shrunk, shrunk.diskSize(256 * MIB));
            assertEquals(shrunk, read(copy));
            assertEquals(
                    shrunk.partitions().stream().map(Partition::start).toList(),
                    dump(copy)
                            .lines()
                            .filter(line -> line.startsWith("DISK"))
                            .map(line -> Long.valueOf(line.replaceAll(".*start= *(\\d+),.*", "$1")))
                            .toList());
        }
    }

    @Test
    public void refusesAChainThatLoops() throws IOException {
        Path disk = withLogicals();
        long second = 104448 + bytes(disk, 104448L * 512 + 446 + 16 + 8, 4).getInt();
        patchInt(disk, second * 512 + 446 + 16 + 8, 0);
        refused(disk, "after 2 logical partitions", "back to sector 104448");
    }

    @Test
    public void refusesAChainThatLeavesItsExtendedPartition() throws IOException {
        Path disk = withLogicals();
        patchInt(disk, 104448L * 512 + 446 + 16 + 8, 10_000_000);
        refused(disk, "after 1 logical partitions", "sector 10104448 outside the extended");
    }

    @Test
    public void refusesAChainThatLeadsToNoBootRecord() throws IOException {
        Path disk = withLogicals();
        long second = 104448 + bytes(disk, 104448L * 512 + 446 + 16 + 8, 4).getInt();
        patch(disk, second * 512 + 510, 0, 0);
        refused(disk, "no boot record", "sector " + second);
    }

    @Test
    public void refusesMoreThan256Logicals() throws IOException {
        Path disk = sfdisk(64 * MIB, "start=2048,size=100000,type=5\n");
        for (int i = 0; i < 300; i++) {
            long ebr = 2048 + i * 4L;
            patch(disk, ebr * 512 + 446 + 4, 0x83);
            patchInt(disk, ebr * 512 + 446 + 8, 1);
            patchInt(disk, ebr * 512 + 446 + 12, 2);
            patch(disk, ebr * 512 + 446 + 20, 5);
            patchInt(disk, ebr * 512 + 446 + 24, (i + 1) * 4);
            patchInt(disk, ebr * 512 + 446 + 28, 3);
            patch(disk, ebr * 512 + 510, 0x55, 0xAA);
        }
        refused(disk, "more than 256");
    }

    @Test
    public void refusesOverlaps() throws IOException {
        Path primaries = sfdisk(64 * MIB, "start=2048,size=2048,type=83\nstart=4096,size=2048,type=83\n");
        patchInt(primaries, 446 + 12, 2049);
        refused(primaries, "partition 1 (sectors 2048 to 4096)", "partition 2 (sectors 4096 to 6143)", "overlap");

        Path logicals = withLogicals();
        patchInt(logicals, 104448L * 512 + 446 + 12, 60000);
        refused(logicals, "partition 5 (sectors 106496 to 166495)", "partition 6", "overlap");

        Path outside = withLogicals();
        patchInt(outside, 446 + 16 + 12, 30000);
        refused(outside, "outside the extended");
    }

    @Test
    public void refusesABootRecordInsideALogicalPartition() throws IOException {
        Path disk = sfdisk(64 * MIB, "start=2048,type=5\nstart=4096,size=2048,type=83\nstart=20000,size=64,type=83\n");
        long second = 2048 + bytes(disk, 2048L * 512 + 446 + 16 + 8, 4).getInt();
        patchInt(disk, 2048L * 512 + 446 + 12, (int) (second - 4096 + 1));
        refused(disk, "boot record", "sector " + second, "inside partition 5");
    }

    @Test
    public void refusesAPartitionBeyondTheEnd() throws IOException {
        Path disk = sfdisk(64 * MIB, "start=2048,type=83\n");
        try (SparseFile file = SparseFile.openWrite(disk)) {
            file.setSize(32 * MIB);
        }
        refused(disk, "partition 1 (sectors 2048 to 131071)", "last sector is 65535", "copy it again");
    }

    @Test
    public void refusesTwoExtendedPartitions() throws IOException {
        Path disk = sfdisk(64 * MIB, "size=2048,type=83\nsize=2048,type=83\n");
        patch(disk, 446 + 4, 5);
        patch(disk, 446 + 16 + 4, 15);
        refused(disk, "2 extended");
    }

    @Test
    public void takesFileSystemsForNoTable() throws IOException {
        for (String[] maker : new String[][] {
            {"mkfs.vfat", "-F", "12"},
            {"mkfs.vfat", "-F", "16"},
            {"mkfs.vfat", "-F", "32"},
            {"mke2fs", "-q", "-t", "ext4"},
        }) {
            Path disk = disk(64 * MIB);
            String[] argv = Arrays.copyOf(maker, maker.length + 1);
            argv[maker.length] = disk.toString();
            if (maker[2].equals("12")) {
                try (SparseFile file = SparseFile.openWrite(disk)) {
                    file.setSize(2 * MIB);
                }
            }
            Tool.run(argv);
            patch(disk, 510, 0x55, 0xAA);
            assertEquals(String.join(" ", maker), "none", read(disk).kind());
        }
    }

    @Test
    public void takesADiskWithoutSignatureForNoTable() throws IOException {
        PartitionTable table = read(disk(8 * MIB));
        assertEquals("none", table.kind());
        assertEquals(List.of(new Partition(0, Role.WHOLE_DISK, 0, 16384, "", "", "", 0, false)), table.partitions());
        assertEquals(MIB, table.shrink(Set.of(), 0, 2048).diskSize(8 * MIB));
        assertEquals(List.of(), table.render(MIB));
    }

    @Test
    public void takesInsaneFlagsForNoTable() throws IOException {
        Path disk = sfdisk(64 * MIB, "size=2048,type=83\n");
        patch(disk, 446, 0x12);
        assertEquals("none", read(disk).kind());
    }

    @Test
    public void survivesEveryTruncation() throws IOException {
        Path disk = withLogicals();
        for (long size : new long[] {0, 1, 511, 512, 513, 104448L * 512, 104448L * 512 + 100, 129024L * 512}) {
            Path cut = disk(size);
            try (SparseFile from = SparseFile.openRead(disk);
                    SparseFile to = SparseFile.openWrite(cut)) {
                SparseCopy.copy(from, from.dataExtents(0, size), to, 0, done -> {});
            }
            if (size < 512) {
                assertEquals("none", read(cut).kind());
            } else {
                refused(cut, "beyond the end");
            }
        }
    }

    @Test
    public void survivesRandomDamage() throws IOException {
        Path disk = withLogicals();
        Random random = new Random(7);
        byte[] first = bytes(disk, 0, 512).array();
        for (int round = 0; round < 300; round++) {
            byte[] damaged = first.clone();
            for (int i = 0; i <= random.nextInt(6); i++) {
                damaged[446 + random.nextInt(64)] = (byte) random.nextInt();
            }
            try (SparseFile file = SparseFile.openWrite(disk)) {
                file.write(0, ByteBuffer.wrap(damaged));
            }
            try {
                PartitionTable table = read(disk);
                assertEquals(table, read(write(table, 256 * MIB)));
            } catch (ImageException e) {
                assertTrue(e.getMessage(), e.getMessage().startsWith("Cannot use the partition table"));
            }
        }
    }
}
