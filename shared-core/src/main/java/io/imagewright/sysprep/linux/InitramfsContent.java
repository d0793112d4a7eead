package io.imagewright.sysprep.linux;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

import com.github.luben.zstd.ZstdInputStream;
import io.imagewright.guest.FileContent;
import io.imagewright.guest.TextSearch;

/**
 * Searches an initramfs: cpio archives one after the other, with zeros between them, the last one compressed as a rule. Layout: the
 * kernel's Documentation/driver-api/early-userspace/buffer-format.rst.
 */
final class InitramfsContent {

    /** Bytes after decompression; far beyond any real one. */
    private static final long LIMIT = 2L << 30;

    private static final int HEADER = 110;
    private static final int FILE_SIZE_AT = 54;
    private static final int NAME_SIZE_AT = 94;
    private static final int LONGEST_NAME = 4096;
    private static final int MAGIC = 6;
    private static final String LAST = "TRAILER!!!\0";

    private final TextSearch search;
    private final byte[] buffer = new byte[1 << 16];
    private long searched;

    InitramfsContent(TextSearch search) {
        this.search = search;
    }

    /** @throws IOException when some of it cannot be read; the message says why */
    void read(FileContent file) throws IOException {
        PushbackInputStream in = new PushbackInputStream(new ContentStream(file), MAGIC);
        while (skipZeros(in)) {
            byte[] magic = in.readNBytes(MAGIC);
            in.unread(magic);
            String text = new String(magic, StandardCharsets.ISO_8859_1);
            if (text.equals("070701") || text.equals("070702")) {
                archive(in);
            } else if (text.startsWith("\u001f\u008b")) {
                everything(new GZIPInputStream(in));
            } else if (text.startsWith("(\u00b5/\u00fd")) {
                everything(new ZstdInputStream(in));
            } else {
                throw new IOException("it is compressed by neither gzip nor zstd");
            }
        }
    }

    private static boolean skipZeros(PushbackInputStream in) throws IOException {
        int next = in.read();
        while (next == 0) {
            next = in.read();
        }
        if (next >= 0) {
            in.unread(next);
        }
        return next >= 0;
    }

    /** What is not compressed. */
    private void archive(InputStream in) throws IOException {
        String name;
        do {
            String header = new String(exactly(in, HEADER), StandardCharsets.ISO_8859_1);
            long nameSize = number(header, NAME_SIZE_AT);
            if (!header.startsWith("07070") || nameSize > LONGEST_NAME) {
                throw new IOException("it is damaged");
            }
            byte[] bytes = exactly(in, (int) (padded(HEADER + nameSize) - HEADER));
            feed(bytes, bytes.length);
            name = new String(bytes, StandardCharsets.ISO_8859_1);
            for (long left = padded(number(header, FILE_SIZE_AT)); left > 0; ) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new EOFException("it ends too early");
                }
                feed(buffer, count);
                left -= count;
            }
        } while (!name.startsWith(LAST));
    }

    private void everything(InputStream in) throws IOException {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            feed(buffer, count);
        }
    }

    private void feed(byte[] bytes, int count) throws IOException {
        searched += count;
        if (searched > LIMIT) {
            throw new IOException("it has more than " + (LIMIT >> 20) + " MiB");
        }
        search.feed(bytes, count);
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("it ends too early");
        }
        return bytes;
    }

    private static long number(String header, int at) throws IOException {
        try {
            return HexFormat.fromHexDigitsToLong(header, at, at + 8);
        } catch (NumberFormatException damaged) {
            throw new IOException("it is damaged", damaged);
        }
    }

    private static long padded(long size) {
        return (size + 3) / 4 * 4;
    }

    /** A file of the guest as a stream. */
    private static final class ContentStream extends InputStream {

        private final FileContent file;
        private final byte[] block = new byte[1 << 16];
        private long position;
        private int at;
        private int end;

        ContentStream(FileContent file) {
            this.file = file;
        }

        @Override
        public int read() {
            return fill() ? block[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, end - at);
            System.arraycopy(block, at, into, offset, count);
            at += count;
            return count;
        }

        /** GZIPInputStream asks it whether another member may follow. */
        @Override
        public int available() {
            return fill() ? end - at : 0;
        }

        private boolean fill() {
            if (at == end) {
                at = 0;
                end = file.read(position, block);
                position += end;
            }
            return at < end;
        }
    }
}
