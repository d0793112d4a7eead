package io.imagewright.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.junit.Test;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class SourceImageTest extends SourceTestBase {

    @Test
    public void readsEveryFormat() throws IOException {
        serves("raw", raw);
        serves("qcow2", convert("qcow2", "a.qcow2"));
        serves("qcow2", convert("qcow2", "v2.qcow2", "-o", "compat=0.10"));
        serves("qcow2", convert("qcow2", "c.qcow2", "-c"));
        serves("qcow2", convert("qcow2", "z.qcow2", "-c", "-o", "compression_type=zstd"));
        serves("qcow2", convert("qcow2", "l2.qcow2", "-o", "extended_l2=on,cluster_size=128k"));
        serves("qcow2", convert("qcow2", "meta.qcow2", "-o", "preallocation=metadata"));
        serves("vmdk", convert("vmdk", "a.vmdk"));
        serves("vmdk", convert("vmdk", "stream.vmdk", "-o", "subformat=streamOptimized"));
        serves("vmdk", convert("vmdk", "flat.vmdk", "-o", "subformat=monolithicFlat"));
        serves("vmdk", convert("vmdk", "split.vmdk", "-o", "subformat=twoGbMaxExtentSparse"));
        serves("vpc", convert("vpc", "a.vhd", "-o", "force_size=on"));
        serves("vpc", convert("vpc", "fixed.vhd", "-o", "subformat=fixed,force_size=on"));
        serves("vdi", convert("vdi", "a.vdi"));
        serves("vhdx", convert("vhdx", "a.vhdx"));
        serves("qed", convert("qed", "a.qed"));
        serves("qcow", convert("qcow", "a.qcow"));
    }

    /** The file ends with the last sub-cluster that was written, somewhere in a cluster. */
    @Test
    public void readsSubClusters_whereTheLastClusterIsNotWhole() throws IOException {
        for (String cluster : List.of("16k", "128k", "2M")) {
            for (int written : List.of(512, 5000, 70_000)) {
                Path base = image("base.raw");
                try (SparseFile file = SparseFile.create(base, SIZE)) {
                    byte[] bytes = new byte[written];
                    new Random(written).nextBytes(bytes);
                    file.write(4L * MIB, ByteBuffer.wrap(bytes));
                }
                Path media = image("sub.qcow2");
                Tool.run(
                        "qemu-img",
                        "convert",
                        "-O",
                        "qcow2",
                        "-o",
                        "extended_l2=on,cluster_size=" + cluster,
                        base.toString(),
                        media.toString());
                Path target = work.resolve("extracted");
                open(media).extract(0, SIZE, target, done -> {});
                assertEquals(cluster + " " + written, -1, Files.mismatch(base, target));
                try (SparseFile file = SparseFile.openWrite(media)) {
                    file.setSize(file.size() - 512);
                }
                refused(media, Kind.SOURCE, "it is cut short");
            }
        }
    }

    /** Bits of the header, which is big-endian, and what is said of them. */
    @Test
    public void warnsOfWhatTheHeaderSaysOfItsState() throws IOException {
        Path media = convert("qcow2", "a.qcow2");
        assertEquals(List.of(), open(media).warnings());
        for (int bits = 1; bits <= 3; bits++) {
            try (SparseFile file = SparseFile.openWrite(media)) {
                file.write(79, ByteBuffer.wrap(new byte[] {(byte) bits}));
            }
            String warnings = String.join("\n", open(media).warnings());
            assertEquals(warnings, (bits & 1) != 0, warnings.contains("a.qcow2 was not closed"));
            assertEquals(warnings, (bits & 2) != 0, warnings.contains("a.qcow2 is marked as corrupt"));
        }
    }

    /** Compares the whole, ranges of it and what the reader sees with the raw disk, and proves the files unchanged. */
    private void serves(String format, Path media) throws IOException {
        SourceImage source = open(media);
        byte[] before = Files.readAllBytes(media);
        assertEquals(media.toString(), format, source.format());
        assertEquals(format.equals("raw"), source.isRaw());
        assertEquals(media.toString(), SIZE, source.virtualSize());
        assertEquals(media, source.path());
        assertEquals(512, source.sectorSize());
        assertTrue(source.storedSize() > 200_000);
        byte[] disk = Files.readAllBytes(raw);
        for (long[] range : new long[][] {{0, SIZE}, {512, 1024}, {5L * MIB, 3L * MIB}, {SIZE - 4096, 4096}}) {
            Path target = work.resolve("extracted");
            List<Long> done = new ArrayList<>();
            source.extract(range[0], range[1], target, done::add);
            assertArrayEquals(
                    media + " " + Arrays.toString(range),
                    Arrays.copyOfRange(disk, (int) range[0], (int) (range[0] + range[1])),
                    Files.readAllBytes(target));
            assertTrue(done.get(done.size() - 1) <= range[1]);
            try (SparseFile extracted = SparseFile.openRead(target)) {
                assertTrue("not sparse: " + media, extracted.storedSize() <= 400_000);
            }
        }
        try (DiskReader reader = source.reader(work)) {
            assertEquals(SIZE, reader.size());
            ByteBuffer some = ByteBuffer.allocate(2 * MIB);
            reader.read(4L * MIB + 100, some);
            assertArrayEquals(Arrays.copyOfRange(disk, 4 * MIB + 100, 6 * MIB + 100), some.array());
            ByteBuffer end = ByteBuffer.allocateDirect(1000);
            reader.read(SIZE - 1000, end);
            assertEquals(ByteBuffer.wrap(disk, disk.length - 1000, 1000), end.flip());
            assertThrows(EOFException.class, () -> reader.read(SIZE - 10, ByteBuffer.allocate(11)));
        }
        try (var left = Files.list(work)) {
            assertEquals(
                    List.of("extracted"),
                    left.map(file -> file.getFileName().toString()).toList());
        }
        assertArrayEquals("source changed", before, Files.readAllBytes(media));
    }

    @Test
    public void readsBackingChainsAndDataFilesBesideTheSource() throws IOException {
        convert("qcow2", "base.qcow2");
        Files.createDirectory(image("below"));
        Path top = image("top.qcow2");
        Tool.run("qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", "base.qcow2", top.toString());
        serves("qcow2", top);
        assertEquals(List.of(top, image("base.qcow2")), open(top).files());

        Path overRaw = image("over-raw.qcow2");
        Tool.run("qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", raw.toString(), overRaw.toString());
        serves("qcow2", overRaw);

        Path external = convert(
                "qcow2",
                "external.qcow2",
                "-o",
                "data_file=" + image("data.bin").toString().replace(",", ",,"));
        serves("qcow2", external);
        assertEquals(List.of(external, image("data.bin")), open(external).files());

        Path snapshot = image("snap.vmdk");
        convert("vmdk", "parent.vmdk");
        Tool.run("qemu-img", "create", "-q", "-f", "vmdk", "-F", "vmdk", "-b", "parent.vmdk", snapshot.toString());
        serves("vmdk", snapshot);
    }

    @Test
    public void readsFilesWithStrangeNames() throws IOException {
        for (String name :
                List.of("nbd:localhost:1.qcow2", "json:{}.qcow2", "a,file.filename=b.qcow2", "-O raw.qcow2")) {
            Files.copy(convert("qcow2", "plain.qcow2"), image(name));
            serves("qcow2", image(name));
        }
    }

    @Test
    public void findsTheSourceInItsBaseDirectory() {
        assertEquals(
                raw, SourceImage.open(Path.of("disk.raw"), null, images, exec).path());
    }

    @Test
    public void readsAsRaw_whenForced() throws IOException {
        Path qcow2 = convert("qcow2", "a.qcow2");
        SourceImage source = SourceImage.open(qcow2, "raw", images, exec);
        assertTrue(source.isRaw());
        assertEquals(Files.size(qcow2), source.virtualSize());
        assertEquals(
                "vpc",
                SourceImage.open(convert("vpc", "a.vhd"), "vhd", images, exec).format());
        refused(raw, "qcow2", Kind.SOURCE, "disk.raw");
        refused(raw, "nbd", Kind.DESCRIPTION, "'nbd'", "qcow2");
    }

    @Test
    public void saysWhatIsWrongWithTheMedium() throws IOException {
        refused(image("none.qcow2"), Kind.SOURCE, "none.qcow2", "no such file");
        refused(images, Kind.SOURCE, "is a directory");
        refused(Path.of("/dev/zero"), Kind.SOURCE, "neither a file nor a block device");
        Files.createFile(image("empty.img"));
        refused(image("empty.img"), Kind.SOURCE, "empty.img", "it is empty");
        Files.writeString(image("letter.txt"), "Dear Sir or Madam");
        refused(image("letter.txt"), Kind.SOURCE, "not a disk image", "17 bytes");
        Files.write(image("odd.img"), new byte[10_000]);
        refused(image("odd.img"), Kind.SOURCE, "not a disk image");
    }

    @Test
    public void refusesTruncatedFiles() throws IOException {
        for (String[] kind : new String[][] {
            {"qcow2", "a.qcow2"}, {"vdi", "a.vdi"}, {"vmdk", "a.vmdk"}, {"vpc", "a.vhd"}, {"vhdx", "a.vhdx"}
        }) {
            Path media = convert(kind[0], kind[1]);
            cut(media, Files.size(media) / 2);
            refused(media, Kind.SOURCE, kind[1], "copy it again");
        }
    }

    @Test
    public void refusesQcow2CutAnywhere() throws IOException {
        Path whole = convert("qcow2", "whole.qcow2");
        Path compressed = convert("qcow2", "compressed.qcow2", "-c");
        for (Path media : List.of(whole, compressed)) {
            Path cut = image("cut.qcow2");
            long size = Files.size(media);
            for (long length = size - 1; length > 4; length -= length > size - 3000 ? 999 : 30_000) {
                Files.deleteIfExists(cut);
                Files.copy(media, cut);
                cut(cut, length);
                if (media.equals(compressed) && length > size - 1000) {
                    continue; // the last sector of compressed data need not be whole
                }
                refused(cut, Kind.SOURCE, "cut.qcow2");
            }
        }
    }

    @Test
    public void acceptsImagesThatEndInsideTheirLastCluster() throws IOException {
        Path odd = image("odd.raw");
        try (SparseFile file = SparseFile.create(odd, MIB + 512)) {
            file.write(MIB, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        }
        for (String option : List.of("-p", "-c")) {
            Tool.run(
                    "qemu-img",
                    "convert",
                    option,
                    "-O",
                    "qcow2",
                    odd.toString(),
                    image("o.qcow2").toString());
            assertEquals(MIB + 512, open(image("o.qcow2")).virtualSize());
        }
    }

    @Test
    public void refusesHostileHeaders() throws IOException {
        hostile(24, 0x7F, "bytes; up to 64 TiB");
        hostile(20, 0x7F, "clusters of 2^");
        hostile(36, 0x7F, "L1 entries");
        hostile(36, 0xFF, "L1 entries");
        hostile(4, 9, "its version is");
        hostile(40, 0x7F, "cut short");
        hostile(48, 0x7F, "cut short");
        hostile(8, 1, "outside of its header");
        hostile(35, 1, "encrypted");
    }

    private void hostile(long offset, int value, String words) throws IOException {
        Path media = convert("qcow2", "hostile.qcow2");
        try (SparseFile file = SparseFile.openWrite(media)) {
            file.write(offset, ByteBuffer.wrap(new byte[] {(byte) value}));
        }
        refused(media, words.equals("encrypted") ? Kind.UNSUPPORTED : Kind.SOURCE, "hostile.qcow2", words);
    }

    @Test
    public void survivesRandomDamageToTheHeader() throws IOException {
        Random random = new Random(11);
        Path media = convert("qcow2", "damaged.qcow2");
        byte[] sound = Files.readAllBytes(media);
        for (int round = 0; round < 60; round++) {
            byte[] damaged = sound.clone();
            for (int i = 0; i < 3; i++) {
                damaged[random.nextInt(round % 2 == 0 ? 112 : 512)] = (byte) random.nextInt();
            }
            Files.write(media, damaged);
            try {
                open(media);
            } catch (ImageException e) {
                assertFalse(e.getMessage(), e.kind() == Kind.INTERNAL);
            }
        }
    }
}
