package io.imagewright.compress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

/**
 * The frames of a zstd file that follow each other (RFC 8878). Nothing behind the last one is read, as the library's own stream would; a file of a million
 * small frames is read with the same buffers.
 */
final class ZstdFrames extends InputStream {

    /** Bytes of a block at the most, packed or not. */
    private static final int BLOCK = 128 << 10;

    private static final int BLOCK_HEADER = 3;
    private static final int CHECKSUM = 4;

    /** Bytes of the field that names a dictionary, by two bits of a frame's descriptor. */
    private static final int[] DICTIONARY = {0, 1, 2, 4};

    /** The same of the size of the content; the first one is 1 when there is no size of the window. */
    private static final int[] CONTENT_SIZE = {0, 2, 4, 8};

    private final InputStream in;
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final byte[] packed = new byte[BLOCK_HEADER + BLOCK + CHECKSUM];
    private final ByteBuffer source = ByteBuffer.allocateDirect(packed.length).limit(0);
    private final ByteBuffer target = ByteBuffer.allocateDirect(BLOCK).limit(0);
    private boolean inFrame;
    private boolean hasChecksum;
    private boolean lastBlock;

    /** @param in supports marks; a frame begins here */
    ZstdFrames(InputStream in) {
        this.in = in;
    }

    /** Whether a frame begins with this; skippable ones have the magic numbers 0x184D2A50 to 0x184D2A5F. */
    static boolean begins(byte[] head) {
        return number(head, 0) == 0xfd2fb528 || isSkippable(head);
    }

    private static boolean isSkippable(byte[] head) {
        return (number(head, 0) & 0xfffffff0) == 0x184d2a50;
    }

    private static int number(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (!target.hasRemaining()) {
            if (!inFrame && !begin()) {
                return -1;
            }
            decompress();
        }
        int count = Math.min(length, target.remaining());
        target.get(bytes, offset, count);
        return count;
    }

    /** Reads the header of the next frame; false when there is none. */
    private boolean begin() throws IOException {
        byte[] head = head();
        while (isSkippable(head)) {
            in.skipNBytes(2 * Integer.BYTES + Integer.toUnsignedLong(number(head, Integer.BYTES)));
            head = head();
        }
        if (!begins(head)) {
            return false;
        }
        int descriptor = head[Integer.BYTES];
        boolean hasWindow = (descriptor & 0x20) == 0;
        int sizeKind = (descriptor >> 6) & 3;
        int size = sizeKind == 0 && !hasWindow ? 1 : CONTENT_SIZE[sizeKind];
        hasChecksum = (descriptor & 4) != 0;
        source.clear();
        take(Integer.BYTES + 1 + (hasWindow ? 1 : 0) + DICTIONARY[descriptor & 3] + size);
        source.flip();
        inFrame = true;
        lastBlock = false;
        return true;
    }

    private byte[] head() throws IOException {
        byte[] head = new byte[Compression.HEAD];
        in.mark(head.length);
        in.readNBytes(head, 0, head.length);
        in.reset();
        return head;
    }

    /** Reads the next block; with the last one, the checksum of the frame. */
    private void nextBlock() throws IOException {
        if (lastBlock) {
            throw new IOException("a frame of it is damaged");
        }
        source.clear();
        take(BLOCK_HEADER);
        int header = number(packed, 0) & 0xffffff;
        lastBlock = (header & 1) != 0;
        boolean isRun = ((header >> 1) & 3) == 1;
        int size = header >> 3;
        if (size > BLOCK) {
            throw new IOException("a block of it has " + size + " bytes");
        }
        take(isRun ? 1 : size);
        if (lastBlock && hasChecksum) {
            take(CHECKSUM);
        }
        source.flip();
    }

    private void take(int count) throws IOException {
        if (in.readNBytes(packed, 0, count) < count) {
            throw new EOFException("it ends inside a frame");
        }
        source.put(packed, 0, count);
    }

    private void decompress() throws IOException {
        // a target that was filled need not have been all
        boolean wasFull = target.limit() == target.capacity();
        if (!source.hasRemaining() && !wasFull) {
            nextBlock();
        }
        target.clear();
        try {
            inFrame = !context.decompressDirectByteBufferStream(target, source);
        } catch (ZstdException damaged) {
            throw new IOException(damaged.getMessage(), damaged);
        }
        target.flip();
    }

    @Override
    public void close() {
        context.close();
    }
}
