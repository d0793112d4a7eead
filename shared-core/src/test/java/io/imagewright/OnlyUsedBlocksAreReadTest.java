package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import io.imagewright.disk.SparseFile;
import io.imagewright.progress.ProgressListener;
import org.junit.After;
import org.junit.Test;

import static org.junit.Assert.assertTrue;

/** Watches the page cache: what of a raw source was not read is not in it. */
public class OnlyUsedBlocksAreReadTest {

    private static final int MIB = 1 << 20;
    private static final int GARBAGE = 256;

    // not below java.io.tmpdir, which may be a tmpfs, where everything is always in memory
    private final Path directory = Path.of("target", "only-used-blocks").toAbsolutePath();

    @After
    public void removeDirectory() {
        GuestDisk.run("rm", "-rf", directory.toString());
    }

    @Test
    public void freeBlocksFullOfGarbageAreNotRead() throws IOException {
        removeDirectory();
        GuestDisk guest = new GuestDisk(directory.resolve("guest"), "gpt", GARBAGE + 128);
        Path disk = guest.write();
        fillFreeBlocks(disk, guest.rootOffset());
        forget(disk);
        long before = cached(disk);
        assertTrue("the page cache was emptied, but for " + before, before < 16 * MIB);

        ImageBuild.run(Requests.of(disk, directory.resolve("out"), "raw"), ProgressListener.NONE);

        long read = cached(disk);
        assertTrue("read " + read, read > 64 << 10);
        assertTrue("read " + read + " of a disk with " + GARBAGE + " MiB of garbage", read < 64 * MIB);

        forget(disk);
        GuestDisk.shell("cat \"$1\" > /dev/null", disk);
        assertTrue("the measure sees what is read", cached(disk) > (long) GARBAGE * MIB);
    }

    /** Where the bitmaps say that nothing is. */
    private static void fillFreeBlocks(Path disk, long offset) throws IOException {
        byte[] noise = new byte[MIB];
        new Random(7).nextBytes(noise);
        long written = 0;
        String ranges = GuestDisk.shell(
                "dumpe2fs \"$1\" 2> /dev/null | sed -n 's/^  Free blocks: //p' | tr -d ' ' | tr , '\\n'",
                disk + "?offset=" + offset);
        int blockSize = Integer.parseInt(GuestDisk.shell(
                        "dumpe2fs -h \"$1\" 2> /dev/null | sed -n 's/^Block size: *//p'", disk + "?offset=" + offset)
                .strip());
        try (SparseFile file = SparseFile.openWrite(disk)) {
            for (String range :
                    ranges.lines().filter(line -> line.contains("-")).toList()) {
                long first = Long.parseLong(range.split("-")[0]);
                long last = Long.parseLong(range.split("-")[1]);
                long end = offset + (last + 1) * blockSize;
                for (long at = offset + first * blockSize; at + MIB <= end && written < GARBAGE; at += MIB) {
                    file.write(at, java.nio.ByteBuffer.wrap(noise));
                    written++;
                }
            }
        }
        assertTrue("garbage " + written, written >= GARBAGE - 16);
    }

    private static void forget(Path disk) {
        GuestDisk.shell("sync \"$1\"; dd if=\"$1\" iflag=nocache count=0 status=none", disk);
    }

    private static long cached(Path disk) throws IOException {
        assertTrue(Files.exists(disk));
        String bytes = GuestDisk.run("fincore", "--bytes", "--noheadings", "--output", "RES", disk.toString());
        return Long.parseLong(bytes.strip());
    }
}
