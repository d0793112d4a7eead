package io.imagewright.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tukaani.xz.XZOutputStream;

/**
 * How a stream of bytes is compressed: in parts, each of them whole for itself (a gzip member, RFC 1952 2.2; an xz stream; a zstd frame, RFC
 * 8878 3), so that parts can be made in parallel and are only put behind each other. Every reader of the format takes that. Nothing in them
 * tells of time or machine.
 */
enum StreamCompression {
    /** Read by everything. */
    GZIP(1, 9, 6, 1 << 20) {
        @Override
        byte[] part(byte[] bytes, int length, int level) {
            return gzip(bytes, length, level);
        }
    },
    /** The smallest, and the slowest; a part is as long as two of its dictionaries at most. */
    XZ(0, 9, 6, 16 << 20) {
        @Override
        byte[] part(byte[] bytes, int length, int level) {
            return xz(bytes, length, level);
        }

        @Override
        long memory(int level) {
            return super.memory(level) + 1024L * xzOptions(level).getEncoderMemoryUsage();
        }
    },
    /** The fastest. */
    ZSTD(1, 19, 3, 8 << 20) {
        @Override
        byte[] part(byte[] bytes, int length, int level) {
            return zstd(bytes, length, level);
        }

        /** Its tables are not on the heap; those of the upper levels grow with the part. */
        @Override
        long memory(int level) {
            return super.memory(level) + (level > 12 ? 12L : 2L) * partSize();
        }
    };

    /** Each thread writes its parts to the same memory first. */
    private static final ThreadLocal<byte[]> ZSTD_TARGET =
            ThreadLocal.withInitial(() -> new byte[Math.toIntExact(Zstd.compressBound(ZSTD.partSize))]);

    /** Of a member: deflate, no flags, no time, no extra flags, unknown system. */
    private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final int lowest;
    private final int highest;
    private final int usual;
    private final int partSize;

    StreamCompression(int lowest, int highest, int usual, int partSize) {
        this.lowest = lowest;
        this.highest = highest;
        this.usual = usual;
        this.partSize = partSize;
    }

    /** Least of the levels, the algorithm's own: the higher, the smaller and slower. */
    int lowest() {
        return lowest;
    }

    int highest() {
        return highest;
    }

    int usual() {
        return usual;
    }

    /** Bytes of each part but the last, before compression. */
    int partSize() {
        return partSize;
    }

    /** The first bytes of the array as a whole part. Thread-safe. */
    abstract byte[] part(byte[] bytes, int length, int level);

    /** Bytes that a thread needs. */
    long memory(int level) {
        return 3L * partSize;
    }

    private static byte[] gzip(byte[] bytes, int length, int level) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length / 3 + 64);
        out.writeBytes(GZIP_HEADER);
        Deflater deflater = new Deflater(level, true);
        try {
            deflater.setInput(bytes, 0, length);
            deflater.finish();
            byte[] buffer = new byte[64 << 10];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        } finally {
            deflater.end();
        }
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        littleEndian(out, (int) crc.getValue());
        littleEndian(out, length);
        return out.toByteArray();
    }

    private static void littleEndian(ByteArrayOutputStream out, int number) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write(number >>> shift);
        }
    }

    /** A dictionary that is longer than a part is of no use. */
    private static LZMA2Options xzOptions(int level) {
        try {
            LZMA2Options options = new LZMA2Options(level);
            options.setDictSize(Math.min(options.getDictSize(), XZ.partSize()));
            return options;
        } catch (UnsupportedOptionsException e) {
            throw new IllegalArgumentException("xz level " + level, e);
        }
    }

    private static byte[] xz(byte[] bytes, int length, int level) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length / 4 + 64);
        try (XZOutputStream stream = new XZOutputStream(out, xzOptions(level), org.tukaani.xz.XZ.CHECK_CRC64)) {
            stream.write(bytes, 0, length);
        } catch (IOException e) {
            throw new IllegalStateException("xz in memory", e);
        }
        return out.toByteArray();
    }

    private static byte[] zstd(byte[] bytes, int length, int level) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(level).setChecksum(true);
            byte[] target = ZSTD_TARGET.get();
            return java.util.Arrays.copyOf(
                    target, context.compressByteArray(target, 0, target.length, bytes, 0, length));
        }
    }
}
