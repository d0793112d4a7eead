package io.imagewright.compress;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What is in all parts of a compressed file, one behind the other. Zeros behind the last one are padding; anything else there is damage. */
final class Parts extends InputStream {

    private static final int BUFFER = 256 << 10;

    private final Compression compression;
    private final InputStream in;
    private InputStream part;

    /** @param packed closed with this */
    Parts(Compression compression, InputStream packed) throws IOException {
        this.compression = compression;
        this.in = new BufferedInputStream(packed, BUFFER);
        this.part = InputStream.nullInputStream();
        if (!compression.begins(head())) {
            throw new IOException("it is not compressed by " + compression.program());
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int count = part.read(bytes, offset, length);
            while (count < 0 && next()) {
                count = part.read(bytes, offset, length);
            }
            return count;
        } catch (RuntimeException damaged) {
            throw new IOException(String.valueOf(damaged.getMessage()), damaged);
        }
    }

    /** Whether there is another part. */
    private boolean next() throws IOException {
        if (part instanceof ZstdFrames frame) {
            frame.close();
        }
        if (compression.begins(head())) {
            part = compression.part(in);
            return true;
        }
        part = InputStream.nullInputStream();
        byte[] rest = new byte[BUFFER];
        for (int count = in.read(rest); count >= 0; count = in.read(rest)) {
            for (int i = 0; i < count; i++) {
                if (rest[i] != 0) {
                    throw new IOException("something else follows its last part");
                }
            }
        }
        return false;
    }

    /** Zeros behind the end. */
    private byte[] head() throws IOException {
        byte[] head = new byte[Compression.HEAD];
        in.mark(head.length);
        in.readNBytes(head, 0, head.length);
        in.reset();
        return head;
    }

    @Override
    public void close() throws IOException {
        if (part instanceof ZstdFrames frame) {
            frame.close();
        }
        in.close();
    }
}
