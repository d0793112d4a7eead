package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

public class SwapSpaceTest {

    private static final int MIB = 1 << 20;
    private static final String UUID = "01234567-89ab-cdef-0123-456789abcdef";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path swap(int page) throws IOException {
        Path swap = folder.getRoot().toPath().resolve("swap" + System.nanoTime());
        SparseFile.create(swap, 16 * MIB).close();
        Tool.run("chmod", "600", swap.toString());
        Tool.run("mkswap", "-p", Integer.toString(page), "-U", UUID, "-L", "the swap", swap.toString());
        return swap;
    }

    private static byte[] clean(Path swap) throws IOException {
        try (SparseFile file = SparseFile.openRead(swap)) {
            return SwapSpace.cleanHeader(file, 0, file.size());
        }
    }

    private static byte[] head(Path swap, int page) throws IOException {
        byte[] bytes = new byte[page];
        try (SparseFile file = SparseFile.openRead(swap)) {
            file.read(0, ByteBuffer.wrap(bytes));
        }
        return bytes;
    }

    @Test
    public void makesWhatMkswapMakes() throws IOException {
        for (int page : new int[] {4096, 16384, 65536}) {
            Path swap = swap(page);
            assertArrayEquals("pages of " + page, head(swap, page), clean(swap));
        }
    }

    @Test
    public void dropsWhatElseIsInTheFirstPage_keepingUuidAndLabel() throws IOException {
        for (String signature : new String[] {"S1SUSPEND\0", "S2SUSPEND\0", "ULSUSPEND\0", "LINHIB0001"}) {
            Path swap = swap(4096);
            byte[] expected = head(swap, 4096);
            byte[] noise = new byte[800];
            Arrays.fill(noise, (byte) 'M');
            try (SparseFile file = SparseFile.openWrite(swap)) {
                file.write(0, ByteBuffer.wrap(noise));
                file.write(2000, ByteBuffer.wrap(noise));
                file.write(4086, ByteBuffer.wrap(signature.getBytes(StandardCharsets.US_ASCII)));
            }
            byte[] clean = clean(swap);
            assertArrayEquals(signature, expected, clean);
            try (SparseFile file = SparseFile.openWrite(swap)) {
                file.write(0, ByteBuffer.wrap(clean));
            }
            String blkid = Tool.run("blkid", "-p", "-o", "export", swap.toString());
            assertEquals(true, blkid.contains("TYPE=swap\n") && blkid.contains("UUID=" + UUID));
            assertEquals(true, Tool.run("swaplabel", swap.toString()).contains("the swap"));
        }
    }

    @Test
    public void claimsTheLengthOfThePartition() throws IOException {
        Path swap = swap(4096);
        try (SparseFile file = SparseFile.openRead(swap)) {
            ByteBuffer header = ByteBuffer.wrap(SwapSpace.cleanHeader(file, 0, 8 * MIB + 77));
            assertEquals(Integer.reverseBytes(8 * MIB / 4096 - 1), header.getInt(1028));
        }
    }

    @Test
    public void givesNothing_whenItIsNoSwap() throws IOException {
        Path other = folder.newFile().toPath();
        try (SparseFile file = SparseFile.create(other, MIB)) {
            assertEquals(0, SwapSpace.cleanHeader(file, 0, MIB).length);
            assertEquals(0, SwapSpace.cleanHeader(file, 0, 0).length);
            assertEquals(0, SwapSpace.cleanHeader(file, MIB - 100, 16 * MIB).length);
        }
    }
}
