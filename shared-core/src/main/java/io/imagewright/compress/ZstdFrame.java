package io.imagewright.compress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

/** One frame of a zstd file (RFC 8878). The library's own stream reads on behind it. */
final class ZstdFrame extends InputStream {

    private static final int PIECE = 128 << 10;

    private final InputStream in;
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final byte[] packed = new byte[PIECE];
    private final ByteBuffer source = ByteBuffer.allocateDirect(PIECE).limit(0);
    private final ByteBuffer target = ByteBuffer.allocateDirect(PIECE).limit(0);
    private boolean ended;

    private ZstdFrame(InputStream in) {
        this.in = in;
    }

    /** What is in the frame that begins here; nothing of a skippable one. */
    static InputStream open(InputStream in) throws IOException {
        byte[] head = new byte[Compression.HEAD];
        in.mark(head.length);
        in.readNBytes(head, 0, head.length);
        in.reset();
        if (!isSkippable(head)) {
            return new ZstdFrame(in);
        }
        long length = Integer.toUnsignedLong(
                ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(Integer.BYTES));
        in.skipNBytes(2 * Integer.BYTES + length);
        return InputStream.nullInputStream();
    }

    /** Magic numbers 0x184D2A50 to 0x184D2A5F. */
    static boolean isSkippable(byte[] head) {
        return (head[0] & 0xf0) == 0x50 && head[1] == 0x2a && head[2] == 0x4d && head[3] == 0x18;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (!target.hasRemaining()) {
            if (ended) {
                return -1;
            }
            decompress();
        }
        int count = Math.min(length, target.remaining());
        target.get(bytes, offset, count);
        return count;
    }

    private void decompress() throws IOException {
        if (!source.hasRemaining()) {
            in.mark(PIECE);
            int count = in.read(packed);
            if (count < 0) {
                throw new EOFException("it ends inside a frame");
            }
            source.clear().put(packed, 0, count).flip();
        }
        target.clear();
        try {
            ended = context.decompressDirectByteBufferStream(target, source);
        } catch (ZstdException damaged) {
            throw new IOException(damaged.getMessage(), damaged);
        }
        target.flip();
        if (ended) {
            // what was read behind the frame
            in.reset();
            in.skipNBytes(source.position());
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
