package io.imagewright.format;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Random;

import com.github.luben.zstd.ZstdInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.Test;
import org.tukaani.xz.XZInputStream;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertTrue;

public class StreamCompressionTest {

    /** A picture, an archive, what is encrypted. */
    @Test
    public void whatCannotBeCompressedFits() throws Exception {
        for (StreamCompression compression : StreamCompression.values()) {
            byte[] random = new byte[compression.partSize()];
            new Random(7).nextBytes(random);
            ByteBuffer part =
                    ByteBuffer.allocateDirect(random.length).put(random).flip();
            for (int level : new int[] {compression.lowest(), compression.usual()}) {
                ByteBuffer target = ByteBuffer.allocateDirect(compression.bound());
                compression.part(part, level, target);
                assertTrue(compression + " " + level, target.remaining() > random.length);
                byte[] packed = new byte[target.remaining()];
                target.get(packed);
                try (InputStream in = unpacked(compression, new ByteArrayInputStream(packed))) {
                    assertArrayEquals(random, in.readAllBytes());
                }
            }
        }
    }

    private static InputStream unpacked(StreamCompression compression, InputStream packed) throws Exception {
        return switch (compression) {
            case GZIP -> new GzipCompressorInputStream(packed);
            case XZ -> new XZInputStream(packed);
            case ZSTD -> new ZstdInputStream(packed);
        };
    }
}
