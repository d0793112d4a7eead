package io.imagewright.format;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.disk.DiskLayout;
import org.junit.Test;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** What every format of a disk promises. */
public abstract class OutputWriterContract extends OutputContract {

    /** qemu's name of the format. */
    abstract String qemuFormat();

    /** What qemu can look at: the file itself, or what it holds. */
    Path image(Path written) throws Exception {
        return written;
    }

    /** Of a disk of that many bytes. */
    long virtualSize(long size) {
        return size;
    }

    /** Bytes that the format needs for itself, however little the disk holds. */
    long overhead() {
        return 0;
    }

    /** The disk that is written, of which the output holds this one. */
    DiskLayout layout(TestDisk disk) throws Exception {
        return disk.layout();
    }

    /** None: the sum of gigabytes of zeros takes most of the time, and is the same code for every format. */
    String[] digestsOfALargeDisk() {
        return new String[0];
    }

    /** A check of the whole file beyond its content. */
    void check(Path file) throws Exception {}

    @Test
    public void readsBackIdentical_mixedContent() throws Exception {
        WrittenOutput written = roundTrip(disk(40 * MIB)
                .text(0, (int) (3 * MIB + 700))
                .random(5 * MIB + 4096, 300_000)
                .text(9 * MIB, 65536)
                .random(9 * MIB + 65536, 65536)
                .text(9 * MIB + 131072, 65536)
                .zeros(12 * MIB, (int) MIB)
                .text(40 * MIB - 1234, 1234));
        passesItsOwnCheck(written);
    }

    @Test
    public void readsBackIdentical_empty() throws Exception {
        WrittenOutput written = roundTrip(disk(64 * MIB));
        assertTrue("stored " + written.storedSize(), written.storedSize() <= MIB + overhead());
    }

    @Test
    public void readsBackIdentical_tiny() throws Exception {
        roundTrip(disk(512).text(0, 512));
    }

    @Test
    public void readsBackIdentical_endInsideACluster() throws Exception {
        roundTrip(disk(3 * MIB + 65536 + 512).text(2 * MIB, (int) (MIB + 65536 + 512)));
    }

    @Test
    public void readsBackIdentical_incompressible() throws Exception {
        roundTrip(disk(20 * MIB).random(0, (int) (20 * MIB)));
    }

    @Test
    public void readsBackIdentical_manySmallRuns() throws Exception {
        TestDisk disk = disk(8 * MIB);
        for (long offset = 4096; offset < 8 * MIB; offset += 12288) {
            disk.text(offset, 4096);
        }
        roundTrip(disk);
    }

    /** Longer than 32 bits count. */
    @Test
    public void readsBackIdentical_dataAtBothEndsOfMoreThan4GiB() throws Exception {
        long size = 4100 * MIB;
        WrittenOutput written =
                roundTrip(disk(size).text(0, 100_000).text(size - 100_000, 100_000), digestsOfALargeDisk());
        assertTrue("sparse", diskUsage(written.path()) < 2 * MIB + overhead());
    }

    @Test
    public void staysSparse_whenTheSourceHoldsZeros() throws Exception {
        WrittenOutput written =
                roundTrip(disk(32 * MIB).zeros(0, (int) (32 * MIB)).text(16 * MIB + 8192, 4096));
        assertTrue("on disk " + diskUsage(written.path()), diskUsage(written.path()) <= MIB + overhead());
        assertTrue("stored " + written.storedSize(), written.storedSize() <= MIB + overhead());
    }

    @Test
    public void givesTheDigestsOfTheRealTools() throws Exception {
        WrittenOutput written =
                roundTrip(disk(10 * MIB).text(MIB, (int) (2 * MIB + 5)).random(5 * MIB, 99));
        givesTheDigestsOfTheRealTools(written);
    }

    @Test
    public void givesTheSameBytes_onAnyNumberOfProcessors() throws Exception {
        TestDisk disk = disk(30 * MIB).text(0, (int) (20 * MIB)).random(22 * MIB + 4096, (int) (3 * MIB));
        byte[] expected = Files.readAllBytes(write(disk, "out", 1).path());
        for (int threads : List.of(2, 5)) {
            // the name is in the bytes of some
            assertArrayEquals(
                    expected, Files.readAllBytes(write(disk, "out", threads).path()));
        }
    }

    @Test
    public void reportsProgressUpToTheEnd() throws Exception {
        List<Long> positions = new ArrayList<>();
        TestDisk disk = disk(6 * MIB).text(0, (int) (3 * MIB));
        OutputWriters.write(
                layout(disk), List.of(target("out")), List.of(DigestAlgorithm.MD5), GUEST, EXEC, positions::add);
        assertEquals(positions(), positions);
    }

    /** What is reported while 3 MiB of data and 3 MiB of zeros are written. */
    List<Long> positions() {
        return List.of(MIB, 2 * MIB, 3 * MIB, 6 * MIB);
    }

    @Override
    final DiskLayout random(int length) throws Exception {
        return layout(disk(4L * length).random(0, length));
    }

    final TestDisk disk(long size) throws Exception {
        return new TestDisk(folder.newFile().toPath(), size);
    }

    final WrittenOutput roundTrip(TestDisk disk) throws Exception {
        return roundTrip(disk, "md5", "sha1", "sha256", "sha512");
    }

    final WrittenOutput roundTrip(TestDisk disk, String... digests) throws Exception {
        WrittenOutput written = write(disk, "out", 2, digests);
        Path read = content(image(written.path()));
        run("qemu-img", "compare", "-f", "raw", "-F", "raw", disk.file().toString(), read.toString());
        Files.delete(read);
        check(written.path());
        assertEquals(virtualSize(Files.size(disk.file())), written.virtualSize());
        return written;
    }

    /** What qemu reads from it. Two raw files are compared hole by hole, for other formats qemu reads all the zeros. */
    private Path content(Path image) throws Exception {
        Path content = folder.getRoot().toPath().resolve("content");
        run("qemu-img", "convert", "-f", qemuFormat(), "-O", "raw", image.toString(), content.toString());
        return content;
    }

    final WrittenOutput write(TestDisk disk, String name, int threads, String... digests) throws Exception {
        return write(layout(disk), name, threads, digests);
    }

    private long diskUsage(Path file) throws Exception {
        return Long.parseLong(Tools.run(folder.getRoot().toPath(), "stat", "-c", "%b", file.toString())
                        .strip())
                * 512;
    }
}
