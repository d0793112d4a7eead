package io.imagewright.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

import com.github.luben.zstd.ZstdCompressCtx;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tukaani.xz.XZOutputStream;

/**
 * How a stream of bytes is compressed: in parts, each of them whole for itself (a gzip member, RFC 1952 2.2; an xz stream; a zstd frame, RFC
 * 8878 3), so that parts can be made in parallel and are only put behind each other. Every reader of the format takes that. Nothing in them
 * depends on time or machine.
 */
enum StreamCompression {
    /** Read by everything. */
    GZIP(1, 9, 6, 1 << 20) {
        /** Some of the libraries that Java takes for zlib never store: what they cannot make smaller becomes an eighth longer. */
        @Override
        int bound() {
            return super.bound() + partSize() / 4;
        }

        @Override
        void part(ByteBuffer bytes, int level, ByteBuffer target) {
            gzip(bytes, level, target);
        }
    },
    /** The smallest, and the slowest; a part is as long as two of its dictionaries at most. */
    XZ(0, 9, 6, 16 << 20) {
        @Override
        void part(ByteBuffer bytes, int level, ByteBuffer target) {
            xz(bytes, level, target);
        }

        @Override
        long memory(int level) {
            return super.memory(level) + 1024L * xzOptions(level).getEncoderMemoryUsage();
        }
    },
    /** The fastest. */
    ZSTD(1, 19, 3, 8 << 20) {
        @Override
        void part(ByteBuffer bytes, int level, ByteBuffer target) {
            zstd(bytes, level, target);
        }

        /** Its tables are not on the heap; those of the upper levels grow with the part. */
        @Override
        long memory(int level) {
            return super.memory(level) + (level > 12 ? 12L : 2L) * partSize();
        }
    };

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

    /**
     * What remains in the buffer as a whole part. Thread-safe.
     *
     * @param bytes direct
     * @param target direct, clear, with room for {@link #bound} bytes; ready to be read afterwards
     */
    abstract void part(ByteBuffer bytes, int level, ByteBuffer target);

    /** Bytes that a part of incompressible content takes at most. Both libraries of xz and zstd store such as it is, in pieces with a header each. */
    int bound() {
        return partSize + partSize / 128 + 1024;
    }

    /** Bytes that a thread needs. */
    long memory(int level) {
        return 3L * partSize;
    }

    private static void gzip(ByteBuffer bytes, int level, ByteBuffer target) {
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        target.put(GZIP_HEADER);
        Deflater deflater = new Deflater(level, true);
        try {
            deflater.setInput(bytes.duplicate());
            deflater.finish();
            while (!deflater.finished()) {
                if (deflater.deflate(target) == 0 && !deflater.finished()) {
                    throw new IllegalStateException("zlib makes more than " + target.capacity() + " bytes of "
                            + bytes.remaining() + " with level " + level);
                }
            }
        } finally {
            deflater.end();
        }
        target.order(ByteOrder.LITTLE_ENDIAN).putInt((int) crc.getValue()).putInt(bytes.remaining());
        target.flip();
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

    /** Its library takes arrays alone. */
    private static void xz(ByteBuffer bytes, int level, ByteBuffer target) {
        byte[] piece = new byte[64 << 10];
        ByteBuffer rest = bytes.duplicate();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {
                target.put((byte) b);
            }

            @Override
            public void write(byte[] from, int offset, int length) {
                target.put(from, offset, length);
            }
        };
        try (XZOutputStream stream = new XZOutputStream(out, xzOptions(level), org.tukaani.xz.XZ.CHECK_CRC64)) {
            while (rest.hasRemaining()) {
                int count = Math.min(piece.length, rest.remaining());
                rest.get(piece, 0, count);
                stream.write(piece, 0, count);
            }
        } catch (IOException e) {
            throw new IllegalStateException("xz in memory", e);
        }
        target.flip();
    }

    private static void zstd(ByteBuffer bytes, int level, ByteBuffer target) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(level).setChecksum(true);
            int length = context.compressDirectByteBuffer(
                    target, 0, target.remaining(), bytes, bytes.position(), bytes.remaining());
            target.limit(length);
        }
    }
}
