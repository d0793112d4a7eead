package io.imagewright.compress;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import org.junit.Test;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertThrows;

public class CompressionTest {

    private static final byte[] SKIPPABLE = {0x5f, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3};

    private static byte[] unpacked(byte[] packed) throws IOException {
        try (InputStream in = Compression.ZSTD.unpack(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    /** As a stream, the size of whose content is not known; with a checksum. */
    private static byte[] streamed(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(bytes).setChecksum(true)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        parts.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    @Test
    public void framesOfZstdFollowEachOther() throws IOException {
        byte[] random = new byte[300_000];
        new Random(7).nextBytes(random);
        byte[] zeros = new byte[1 << 20];
        byte[] text = "one and another ".repeat(50_000).getBytes(StandardCharsets.US_ASCII);
        for (byte[] content : List.of(new byte[0], new byte[1], random, zeros, text)) {
            for (byte[] frame : List.of(Zstd.compress(content, 1), Zstd.compress(content, 19), streamed(content))) {
                assertArrayEquals(content, unpacked(frame));
                byte[] file = joined(List.of(SKIPPABLE, frame, SKIPPABLE, SKIPPABLE, frame, frame, new byte[700]));
                assertArrayEquals(joined(List.of(content, content, content)), unpacked(file));
            }
        }
    }

    @Test
    public void damageOfZstdIsRefused() throws IOException {
        byte[] frame = streamed("one and another ".repeat(50_000).getBytes(StandardCharsets.US_ASCII));
        for (int length = 4; length < frame.length; length += 1 + frame.length / 50) {
            byte[] cut = Arrays.copyOf(frame, length);
            assertThrows(length + "", EOFException.class, () -> unpacked(cut));
        }
        byte[] checksum = frame.clone();
        checksum[frame.length - 1]++;
        byte[] block = frame.clone();
        Arrays.fill(block, 6, 9, (byte) 0xff);
        byte[] followed = joined(List.of(frame, new byte[] {1}));
        for (byte[] damaged : List.of(checksum, block, followed)) {
            assertThrows(IOException.class, () -> unpacked(damaged));
        }
    }

    /** With buffers of its own for each, it would take minutes. */
    @Test(timeout = 60_000)
    public void manySmallFramesAreReadInTheTimeOfTheirLength() throws IOException {
        byte[] empty = Zstd.compress(new byte[0]);
        byte[] file = new byte[200_000 * empty.length];
        for (int at = 0; at < file.length; at += empty.length) {
            System.arraycopy(empty, 0, file, at, empty.length);
        }
        assertArrayEquals(new byte[0], unpacked(file));
    }
}
