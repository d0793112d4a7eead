package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import io.imagewright.disk.Partition.Role;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class GptTableTest extends TableTestBase {

    private static final String LINUX = "0fc63daf-8483-4772-8e79-3d69d8477de4";
    private static final String GUID = "11111111-2222-3333-4444-555555555555";

    /** sgdisk sleeps for a second after each write (its DiskSync), so what it makes is made once, and copied. */
    @ClassRule
    public static final TemporaryFolder FIXTURES = new TemporaryFolder();

    private static Path sgdisksWork = Path.of("unset");

    @BeforeClass
    public static void makeThreePartitions() throws IOException {
        sgdisksWork = FIXTURES.getRoot().toPath().resolve("three.img");
        SparseFile.create(sgdisksWork, 256 * MIB).close();
        sgdisk(
                sgdisksWork,
                "-n1:2048:4095",
                "-t1:ef02",
                "-n2:4096:200000",
                "-c2:root disk",
                "-A2:set:2",
                "-A2:set:60",
                "-u2:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
                "-n5:204800:400000",
                "-t5:8200");
    }

    private static void sgdisk(Path disk, String... options) {
        List<String> argv = new ArrayList<>(List.of("sgdisk", "-a", "1", "-U", GUID));
        argv.addAll(List.of(options));
        argv.add(disk.toString());
        Tool.run(argv.toArray(String[]::new));
    }

    /** A disk of sfdisk's, in which each partition lies exactly where its line says. */
    private Path sfdisk(long size, String... lines) throws IOException {
        Path disk = disk(size);
        Tool.feed("label: gpt\n" + String.join("\n", lines) + "\n", "sfdisk", disk.toString());
        return disk;
    }

    /** A copy of the disk of {@link #makeThreePartitions}, to be damaged at will. */
    private Path threePartitions() throws IOException {
        Path disk = disk(256 * MIB);
        try (SparseFile from = SparseFile.openRead(sgdisksWork);
                SparseFile to = SparseFile.openWrite(disk)) {
            SparseCopy.copy(from, from.dataExtents(0, from.size()), to, 0, done -> {});
        }
        return disk;
    }

    private static void verified(Path disk) {
        String output = Tool.run("sgdisk", "-v", disk.toString());
        assertTrue(output, output.contains("No problems found"));
        assertFalse(output, output.contains("Warning"));
        Tool.run("sfdisk", "--verify", disk.toString());
        String parted = Tool.run("parted", "-s", disk.toString(), "unit", "s", "print");
        assertFalse(parted, parted.contains("Warning") || parted.contains("Error"));
    }

    @Test
    public void readsEntriesWithAllTheirIdentity() throws IOException {
        PartitionTable table = read(threePartitions());
        assertEquals("gpt", table.kind());
        assertEquals(GUID, table.identifier());
        assertEquals(512, table.sectorSize());
        assertEquals(
                List.of(1, 2, 5),
                table.partitions().stream().map(Partition::number).toList());
        assertEquals(
                new Partition(
                        2,
                        Role.GPT,
                        4096,
                        195905,
                        LINUX,
                        "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
                        "root disk",
                        1L << 60 | 4,
                        false),
                table.partitions().get(1));
        assertEquals(
                "21686148-6449-6e6f-744e-656564454649",
                table.partitions().get(0).type());
    }

    @Test
    public void readsNamesThatAreNotAscii() throws IOException {
        Path disk = disk(64 * MIB);
        Tool.feed("label: gpt\nsize=2048,name=\"Wurzel \u00e4\u4e2d\"\n", "sfdisk", disk.toString());
        PartitionTable table = read(disk);
        assertEquals("Wurzel \u00e4\u4e2d", table.partitions().get(0).name());
        assertEquals(dump(disk), dump(write(table, 64 * MIB)));
    }

    @Test
    public void roundTripsBitForBit() throws IOException {
        Path disk = threePartitions();
        patch(disk, 3, 0xEB, 0x63, 0x90);
        PartitionTable table = read(disk);
        Path copy = write(table, 256 * MIB);
        assertEquals(table, read(copy));
        assertEquals(bytes(disk, 0, 34 * 512), bytes(copy, 0, 34 * 512));
        assertEquals(bytes(disk, 256 * MIB - 33 * 512, 33 * 512), bytes(copy, 256 * MIB - 33 * 512, 33 * 512));
        verified(copy);
    }

    @Test
    public void shrinksWithTheBackupAtTheVeryEnd() throws IOException {
        Path disk = threePartitions();
        PartitionTable table = read(disk).shrink(Set.of(5), 2, 50000);
        long size = table.diskSize(256 * MIB);
        assertEquals((4096 + 50000 + 2048) * 512L, size);
        Path copy = write(table, size);
        assertEquals(table, read(copy));
        verified(copy);
        assertEquals("EFI PART", ascii(copy, size - 512));
        String before = Tool.run("sgdisk", "-i", "2", disk.toString());
        assertEquals(
                before.replaceAll("Last sector.*|Partition size.*", ""),
                Tool.run("sgdisk", "-i", "2", copy.toString()).replaceAll("Last sector.*|Partition size.*", ""));
        int protectiveSize = bytes(copy, 446 + 12, 4).getInt();
        assertEquals(size / 512 - 1, protectiveSize);
    }

    @Test
    public void leavesJustTheRoomOfTheBackup_whenTheOldDiskHadNoMore() throws IOException {
        Path disk = sfdisk(64 * MIB, "first-lba: 34", "start=2048, size=128991");
        assertEquals(64 * MIB, read(disk).diskSize(64 * MIB));
        verified(write(read(disk), 64 * MIB));
    }

    @Test
    public void growsToABiggerDisk() throws IOException {
        PartitionTable table = read(threePartitions());
        Path copy = write(table, 1024 * MIB);
        assertEquals(table.partitions(), read(copy).partitions());
        verified(copy);
    }

    @Test
    public void keepsABigArrayOfEntries() throws IOException {
        Path disk = sfdisk(
                64 * MIB, "table-length: 256", "first-lba: 66", "x200 : start=4096, size=15905, name=\"two hundred\"");
        PartitionTable table = read(disk).shrink(Set.of(), 200, 4096);
        Path copy = write(table, table.diskSize(64 * MIB));
        assertEquals(table, read(copy));
        assertEquals(200, read(copy).partitions().get(0).number());
        verified(copy);
        assertEquals(256, bytes(copy, 512 + 80, 4).getInt());
    }

    @Test
    public void servesSectorsOf4096Bytes() throws IOException {
        Path disk = disk(64 * MIB);
        Tool.feed("g\nn\n1\n\n+8M\nn\n2\n\n+8M\nw\n", "fdisk", "-b", "4096", disk.toString());
        PartitionTable table = read(disk);
        assertEquals(4096, table.sectorSize());
        assertEquals(
                List.of(256L, 2304L),
                table.partitions().stream().map(Partition::start).toList());
        PartitionTable shrunk = table.shrink(Set.of(2), 1, 1024);
        long size = shrunk.diskSize(64 * MIB);
        assertEquals(1280 * 4096 + MIB, size);
        Path copy = write(shrunk, size);
        assertEquals(shrunk, read(copy));
        String verdict = Tool.feed("v\nq\n", "fdisk", "-b", "4096", copy.toString());
        assertTrue(verdict, verdict.contains("No errors detected"));
        assertEquals("EFI PART", ascii(copy, size - 4096));
    }

    @Test
    public void usesTheBackup_whenThePrimaryHeaderCrcIsBad() throws IOException {
        backupTakesOver(512 + 40);
    }

    @Test
    public void usesTheBackup_whenThePrimaryEntriesCrcIsBad() throws IOException {
        backupTakesOver(1024 + 56);
    }

    @Test
    public void usesTheBackup_whenThePrimaryIsGone() throws IOException {
        Path disk = threePartitions();
        List<Partition> partitions = read(disk).partitions();
        try (SparseFile file = SparseFile.openWrite(disk)) {
            file.punch(512, 33 * 512);
        }
        PartitionTable table = read(disk);
        assertEquals(partitions, table.partitions());
        verified(write(table, 256 * MIB));
    }

    private void backupTakesOver(long damagedByte) throws IOException {
        Path disk = threePartitions();
        GptTable sound = (GptTable) read(disk);
        assertEquals(Optional.empty(), sound.complaint());
        patch(disk, damagedByte, 0x5A);
        GptTable table = (GptTable) read(disk);
        assertTrue(table.complaint().orElseThrow().contains("its backup at the end of the disk is used"));
        assertEquals(sound, table);
        verified(write(table, 256 * MIB));
    }

    /** Bytes of the backup, from the end of the disk, and what is said of it. */
    @Test
    public void warnsOfADamagedBackup() throws IOException {
        Map<Long, String> damages = Map.of(
                512L - 40,
                "the CRC of its header",
                512L,
                "no header",
                33L * 512 - 56,
                "the CRC of its array of entries");
        for (Map.Entry<Long, String> damage : damages.entrySet()) {
            Path disk = threePartitions();
            GptTable sound = (GptTable) read(disk);
            patch(disk, 256 * MIB - damage.getKey(), 0x5A);
            GptTable table = (GptTable) read(disk);
            String complaint = table.complaint().orElseThrow();
            assertTrue(complaint, complaint.startsWith("The backup GPT at the end of the disk is damaged"));
            assertTrue(complaint, complaint.contains(damage.getValue()));
            assertEquals(sound, table);
            assertEquals(
                    "of what is written",
                    Optional.empty(),
                    read(write(table, 256 * MIB)).complaint());
        }
    }

    @Test
    public void usesTheBackupThatTheDamagedPrimaryNames_whenTheDiskGrew() throws IOException {
        Path disk = threePartitions();
        List<Partition> partitions = read(disk).partitions();
        patch(disk, 512 + 72, 0x33);
        try (SparseFile file = SparseFile.openWrite(disk)) {
            file.setSize(300 * MIB);
        }
        assertEquals(partitions, read(disk).partitions());
    }

    @Test
    public void namesBothCrcs_whenBothCopiesAreBad() throws IOException {
        Path disk = threePartitions();
        patch(disk, 512 + 40, 0x5A);
        patch(disk, 256 * MIB - 33 * 512 + 5, 0x5A);
        refused(
                disk,
                "primary: the CRC of its header is ",
                "backup: the CRC of its array of entries is",
                "but should be",
                "sgdisk --load-backup");
    }

    @Test
    public void refusesAProtectiveMbrWithoutGpt() throws IOException {
        Path disk = threePartitions();
        try (SparseFile file = SparseFile.openWrite(disk)) {
            file.punch(512, 33 * 512);
            file.punch(256 * MIB - 33 * 512, 33 * 512);
        }
        refused(disk, "no header at the start or the end");
    }

    @Test
    public void refusesHostileNumbers() throws IOException {
        hostile(80, 1 << 20, "1048576 entries");
        hostile(80, -1, "4294967295 entries");
        hostile(80, 0, "0 entries");
        hostile(84, 127, "entries of 127 bytes");
        hostile(84, 192, "entries of 192 bytes");
        hostile(84, 1 << 30, "entries of 1073741824 bytes");
        hostile(12, 91, "claims 91 bytes");
        hostile(12, -1, "claims -1 bytes");
        hostile(12, 4096, "claims 4096 bytes");
        hostile(72, 1, "does not lie on the disk");
        hostile(76, -1, "does not lie on the disk");
        hostile(72, 524287, "does not lie on the disk");
        hostile(40, 3, "sector 3 is the first usable");
        hostile(24, 7, "belongs to sector 7");
    }

    /** Both headers get the number and a right CRC, so that only the limit can refuse it. */
    private void hostile(int field, int value, String word) throws IOException {
        Path disk = threePartitions();
        for (long header : new long[] {512, 256 * MIB - 512}) {
            patchInt(disk, header + field, value);
            byte[] sector = bytes(disk, header, 512).array();
            if (GptHeader.sizeIsSane(sector)) {
                patchInt(disk, header + 16, GptHeader.rightCrc(sector));
            }
        }
        refused(disk, word);
    }

    @Test
    public void refusesBadPartitions() throws IOException {
        badPartition(1, 0, 6000, "partition 2 (sectors 4096 to 200000)", "overlap");
        badPartition(4, 0, 600_000, "partition 5 (sectors 204800 to 600000)", "beyond the end", "524287");
        badPartition(4, 0, 100, "partition 5", "ends before it starts");
        badPartition(0, 20, 4000, "partition 1 (sectors 20 to 4000)", "lies on the partition table");
    }

    private void badPartition(int index, int first, int last, String... words) throws IOException {
        Path disk = threePartitions();
        for (long array : new long[] {1024, 256 * MIB - 33 * 512}) {
            if (first != 0) {
                patchInt(disk, array + index * 128 + 32, first);
            }
            patchInt(disk, array + index * 128 + 40, last);
        }
        if (index == 1) {
            patchInt(disk, 1024 + 40, 6000); // partition 1 grows into partition 2
            patchInt(disk, 1024 + 128 + 40, 200000);
        }
        patchInt(disk, 512 + 88, GptHeader.crc(bytes(disk, 1024, 128 * 128).array()));
        patchInt(disk, 512 + 16, GptHeader.rightCrc(bytes(disk, 512, 512).array()));
        refused(disk, words);
    }

    @Test
    public void followsWithTheEntriesOfAHybridMbr() throws IOException {
        Path disk = disk(256 * MIB);
        sgdisk(disk, "-n1:2048:200000", "-n2:204800:300000", "-n3:400000:500000", "-h", "1:2");
        PartitionTable table = read(disk).shrink(Set.of(2, 3), 1, 10000);
        Path copy = write(table, table.diskSize(256 * MIB));
        assertEquals(table, read(copy));
        List<MbrEntry> entries = new ArrayList<>();
        try (SparseFile file = SparseFile.openRead(copy)) {
            MbrSector mbr = MbrSector.read(file, 0);
            for (int slot = 0; slot < 4; slot++) {
                entries.add(mbr.entry(slot));
            }
        }
        assertEquals(new MbrEntry(0, 0xEE, 1, 2047), entries.get(0));
        assertEquals(10000, entries.get(1).sectors());
        assertFalse(entries.get(2).used());
        String output = Tool.run("sgdisk", "-v", copy.toString());
        assertTrue(output, output.contains("No problems found"));
    }

    @Test
    public void ignoresAStaleGptBehindAnMbr() throws IOException {
        Path disk = threePartitions();
        try (SparseFile file = SparseFile.openWrite(disk)) {
            file.punch(0, 512);
        }
        assertEquals("none", read(disk).kind());
    }

    @Test
    public void roundTripsRandomTables() throws IOException {
        Random random = new Random(42);
        for (int round = 0; round < 5; round++) {
            List<String> lines = new ArrayList<>(List.of("first-lba: 34"));
            long next = 34 + random.nextInt(3000);
            int count = 1 + random.nextInt(12);
            for (int i = 1; i <= count; i++) {
                long end = next + random.nextInt(20000);
                lines.add(String.format(
                        "x%d : start=%d, size=%d, name=\"%s\", attrs=\"GUID:%d\"",
                        i, next, end + 1 - next, Long.toString(random.nextLong(), 36), 48 + random.nextInt(16)));
                next = end + 1 + random.nextInt(500);
            }
            Path disk = sfdisk(256 * MIB, lines.toArray(String[]::new));
            PartitionTable table = read(disk);
            assertEquals(count, table.partitions().size());
            assertEquals(table, read(write(table, 256 * MIB)));
            Set<Integer> removed = count > 1 && random.nextBoolean() ? Set.of(count) : Set.of();
            int resized = count - removed.size();
            long length =
                    1 + random.nextInt((int) table.partitions().get(resized - 1).sectors());
            PartitionTable shrunk = table.shrink(removed, resized, length);
            Path copy = write(shrunk, shrunk.diskSize(256 * MIB));
            assertEquals(shrunk, read(copy));
            verified(copy);
        }
    }

    @Test
    public void survivesRandomDamage() throws IOException {
        Path disk = threePartitions();
        List<Partition> partitions = read(disk).partitions();
        byte[] head = bytes(disk, 512, 33 * 512).array();
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            byte[] damaged = head.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                damaged[random.nextInt(round % 2 == 0 ? 92 : damaged.length)] ^= (byte) (1 + random.nextInt(255));
            }
            try (SparseFile file = SparseFile.openWrite(disk)) {
                file.write(512, ByteBuffer.wrap(damaged));
            }
            assertEquals(partitions, read(disk).partitions());
        }
    }

    private static String ascii(Path disk, long offset) throws IOException {
        byte[] bytes = new byte[8];
        bytes(disk, offset, 8).get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
