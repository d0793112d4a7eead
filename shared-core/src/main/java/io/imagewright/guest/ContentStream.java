package io.imagewright.guest;

import java.io.InputStream;
import java.util.Arrays;

/** The content of a file as a stream, for readers that want one. */
final class ContentStream extends InputStream {

    private final FileContent content;
    private final byte[] piece = new byte[1 << 20];
    private int filled;
    private int at;
    private long position;

    ContentStream(FileContent content) {
        this.content = content;
    }

    @Override
    public int read() {
        return isAtEnd() ? -1 : piece[at++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0 || isAtEnd()) {
            return length == 0 ? 0 : -1;
        }
        int count = Math.min(length, filled - at);
        System.arraycopy(piece, at, into, offset, count);
        at += count;
        return count;
    }

    private boolean isAtEnd() {
        if (at == filled) {
            Arrays.fill(piece, (byte) 0);
            filled = content.read(position, piece);
            position += filled;
            at = 0;
        }
        return filled == 0;
    }
}
