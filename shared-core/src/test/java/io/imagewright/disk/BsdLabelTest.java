package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import io.imagewright.disk.BsdLabel.Slot;
import io.imagewright.error.ImageException;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class BsdLabelTest extends TableTestBase {

    private static final int SECTOR = 512;
    private static final long START = 2048;
    private static final long SECTORS = 163_840;

    /** A disk with a partition of a BSD, and one of FAT behind it. */
    private Path disk(String type) throws IOException {
        Path disk = disk(100 * MIB);
        Tool.feed(
                "label: dos\nstart=" + START + ", size=" + SECTORS + ", type=" + type + "\nstart=165888, type=c\n",
                "sfdisk",
                "-q",
                disk.toString());
        return disk;
    }

    private Path disk(String type, TestBsdLabel label) throws IOException {
        Path disk = disk(type);
        label.write(disk, START);
        return disk;
    }

    private static Optional<BsdLabel> label(Path disk) throws IOException {
        try (SparseFile file = SparseFile.openRead(disk)) {
            PartitionTable table = PartitionTables.read(file, SECTOR);
            return BsdLabel.read(file, SECTOR, table.partitions().get(0));
        }
    }

    private static Slot slot(char letter, boolean fileSystem, long start, long sectors) {
        return new Slot(letter, fileSystem, start * SECTOR, sectors * SECTOR);
    }

    private void damaged(String reason, String type, TestBsdLabel label) throws IOException {
        Path disk = disk(type, label);
        ImageException error = assertThrows(ImageException.class, () -> label(disk));
        assertTrue(error.getMessage(), error.getMessage().contains(reason));
        assertTrue(error.getMessage(), error.getMessage().contains("partition 1 (sectors 2048 to 165887)"));
        assertEquals(ImageException.Kind.SOURCE, error.kind());
    }

    @Test
    public void readsWhatFdiskWrites() throws IOException {
        Path disk = disk("a9");
        String output = Tool.feed(
                "b\ny\nn\na\n2048\n67583\nt\na\n7\nn\nb\n67584\n83967\nt\nb\n1\nn\ne\n83968\n165887\nt\ne\n7\nw\nr\nw\n",
                "fdisk",
                disk.toString());
        BsdLabel label = label(disk).orElseThrow(() -> new AssertionError(output));
        assertEquals("netbsd", label.system());
        assertEquals("", label.uid());
        assertEquals(
                List.of(
                        slot('a', true, 2048, 65_536),
                        slot('b', false, 67_584, 16_384),
                        slot('e', true, 83_968, 81_920)),
                label.slots());
        assertEquals(List.of(), label.foreign());
    }

    @Test
    public void readsOpenBsds_withItsUid_andPartitionsOfOthers() throws IOException {
        BsdLabel label = label(disk(
                        "a6",
                        new TestBsdLabel()
                                .openBsd("00112233445566ff")
                                .slot('a', TestBsdLabel.FFS, START, 1000)
                                .slot('c', 0, 0, 204_800)
                                .slot('i', TestBsdLabel.FAT, 165_888, 38_912)
                                .slot('j', TestBsdLabel.FFS, 1L << 40, 1L << 41)))
                .orElseThrow();
        assertEquals("openbsd", label.system());
        assertEquals("00112233445566ff", label.uid());
        assertEquals(List.of(slot('a', true, START, 1000)), label.slots());
        assertEquals(List.of(slot('i', false, 165_888, 38_912), slot('j', true, 1L << 40, 1L << 41)), label.foreign());
    }

    @Test
    public void readsFreeBsds_whichCountFromTheRawSlot() throws IOException {
        for (long base : new long[] {0, START}) {
            BsdLabel label = label(disk(
                            "a5",
                            new TestBsdLabel()
                                    .slot('a', TestBsdLabel.FFS, base + 16, 1000)
                                    .slot('c', 0, base, SECTORS)
                                    .slot('d', TestBsdLabel.FFS, base + 2000, 1000)))
                    .orElseThrow();
            assertEquals(
                    List.of(slot('a', true, START + 16, 1000), slot('d', true, START + 2000, 1000)), label.slots());
        }
    }

    @Test
    public void readsTheOneOfAWholeDisk() throws IOException {
        Path disk = disk(10 * MIB);
        new TestBsdLabel().slot('a', TestBsdLabel.FFS, 64, 1000).write(disk, 0);
        assertEquals(
                List.of(slot('a', true, 64, 1000)), label(disk).orElseThrow().slots());
    }

    @Test
    public void knowsNone_whereNoBsdPutsIt() throws IOException {
        TestBsdLabel label = new TestBsdLabel().slot('a', TestBsdLabel.FFS, START, 1000);
        assertTrue(label(disk("a9", label)).isPresent());
        assertEquals(Optional.empty(), label(disk("83", label)));
        assertEquals(Optional.empty(), label(disk("a9")));
        Path without = disk("a9", label);
        patch(without, (START + 1) * SECTOR + 132, 0);
        assertEquals(Optional.empty(), label(without));
        Path tiny = disk(2 * MIB);
        Tool.feed("label: dos\nstart=2048, size=1, type=a9\n", "sfdisk", "-q", tiny.toString());
        assertEquals(Optional.empty(), label(tiny));
    }

    @Test
    public void refusesDamagedOnes() throws IOException {
        Path wrong = disk("a9", new TestBsdLabel().slot('a', TestBsdLabel.FFS, START, 1000));
        patch(wrong, (START + 1) * SECTOR + 148, 1);
        assertTrue(assertThrows(ImageException.class, () -> label(wrong))
                .getMessage()
                .contains("its checksum is wrong"));
        damaged("it counts 53 partitions", "a9", new TestBsdLabel().count(53));
        damaged("it counts 65535 partitions", "a9", new TestBsdLabel().count(65_535));
        damaged("it counts sectors of 4294967295 bytes", "a9", new TestBsdLabel().sectorSize(-1));
        damaged(
                "partition a (bytes 1047552 to 1559551) lies partly outside",
                "a6",
                new TestBsdLabel().slot('a', TestBsdLabel.FFS, START - 2, 1000));
        damaged("partition b", "a6", new TestBsdLabel().slot('b', TestBsdLabel.FFS, START + SECTORS - 1, 0xFFFF_FFFFL));
        damaged(
                "lies partly outside",
                "a6",
                new TestBsdLabel().openBsd("0000000000000000").slot('a', TestBsdLabel.FFS, START, (1L << 48) - 1));
        damaged(
                "partitions e and a overlap",
                "a9",
                new TestBsdLabel()
                        .slot('a', TestBsdLabel.FFS, START + 999, 1000)
                        .slot('e', TestBsdLabel.FFS, START, 1000));
    }

    /** Whatever is in it: a label that is in order, or a refusal. */
    @Test
    public void survivesAnyContent() throws IOException {
        Random random = new Random(4);
        for (String type : List.of("a5", "a6", "a9")) {
            Path disk = disk(type);
            byte[] good = new TestBsdLabel()
                    .slot('a', TestBsdLabel.FFS, START, 1000)
                    .slot('c', 0, 0, 204_800)
                    .bytes();
            for (int round = 0; round < 500; round++) {
                byte[] odd = good.clone();
                for (int i = random.nextInt(20); i >= 0; i--) {
                    odd[40 + random.nextInt(472)] = (byte) random.nextInt();
                }
                ByteBuffer label = ByteBuffer.wrap(odd).order(java.nio.ByteOrder.LITTLE_ENDIAN);
                label.putShort(TestBsdLabel.COUNT_AT, (short) random.nextInt(24));
                label.putInt(40, SECTOR).putInt(132, label.getInt(0)).putShort(TestBsdLabel.CHECKSUM_AT, (short) 0);
                int sum = 0;
                for (int at = 0; at < 148 + 16 * label.getShort(TestBsdLabel.COUNT_AT); at += 2) {
                    sum ^= label.getShort(at);
                }
                label.putShort(TestBsdLabel.CHECKSUM_AT, (short) sum);
                try (SparseFile file = SparseFile.openWrite(disk)) {
                    file.write((START + 1) * SECTOR, ByteBuffer.wrap(odd, 0, SECTOR));
                }
                try {
                    long end = START;
                    List<Slot> slots = label(disk).map(BsdLabel::slots).orElse(List.of()).stream()
                            .sorted(java.util.Comparator.comparingLong(Slot::offset))
                            .toList();
                    for (Slot slot : slots) {
                        assertTrue(slots.toString(), slot.offset() >= end * SECTOR && slot.length() > 0);
                        end = slot.end() / SECTOR;
                    }
                    assertTrue(slots.toString(), end <= START + SECTORS);
                } catch (ImageException refused) {
                    assertEquals(ImageException.Kind.SOURCE, refused.kind());
                }
            }
        }
    }
}
