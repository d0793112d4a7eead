package io.imagewright.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.imagewright.disk.ZeroScan;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/**
 * Looks at the headers of the guest's tar while it passes by: files that were cut or changed meanwhile would make an archive that only its reader
 * finds broken. POSIX.1-2001, pax(1), "ustar Interchange Format".
 */
final class TarCheck implements OutputWriter {

    private static final int RECORD = 512;
    private static final int SIZE_FIELD = 124;
    private static final int CHECKSUM_FIELD = 148;
    private static final int TYPE_FIELD = 156;
    private static final int LARGEST_PAX = 16 << 20;

    /** Of zeros at the end: what tar(1) writes in one go. */
    private static final int LONGEST_END = 20 * RECORD;

    private final long size;

    /** Where the next header is. */
    private long next;

    /** Bytes of the next entry, when the header before it says so; -1 when it does not. */
    private long paxSize = -1;

    /** What has been seen of a header of the kind {@code x}, and how long it is. */
    private final ByteArrayOutputStream pax = new ByteArrayOutputStream();

    private long paxLeft;
    private boolean ended;
    private int filesWithLists;

    /** @param size bytes of the tar */
    TarCheck(long size) {
        this.size = size;
    }

    @Override
    public void data(long offset, BufferPool.Shared data) {
        ByteBuffer bytes = data.bytes().duplicate();
        long end = offset + bytes.remaining();
        if (!ended && next < offset) {
            zeros();
        }
        if (ended) {
            if (!ZeroScan.isZero(bytes, 0, bytes.remaining())) {
                throw damaged(offset);
            }
            return;
        }
        while (!ended && next < end) {
            int at = (int) (next - offset);
            if (end - next < RECORD) {
                throw damaged(next);
            }
            if (paxLeft > 0) {
                int count = (int) Math.min(paxLeft, end - next);
                byte[] part = new byte[count];
                bytes.get(at, part);
                pax.writeBytes(part);
                paxLeft -= count;
                next += count;
                if (paxLeft == 0) {
                    readPax();
                }
            } else {
                header(bytes.slice(at, RECORD));
            }
        }
        // the rest of a buffer behind the end is no more than the last records
    }

    /** The next header, or what belongs to it, lies in a hole. */
    private void zeros() {
        if (paxLeft > 0 || size - next > LONGEST_END) {
            throw damaged(next);
        }
        ended = true;
    }

    private void header(ByteBuffer record) {
        if (ZeroScan.isZero(record, 0, RECORD)) {
            zeros();
            return;
        }
        int sum = 0;
        for (int i = 0; i < RECORD; i++) {
            boolean own = i >= CHECKSUM_FIELD && i < CHECKSUM_FIELD + 8;
            sum += own ? ' ' : record.get(i) & 0xff;
        }
        if (sum != octal(record, CHECKSUM_FIELD, 8)) {
            throw damaged(next);
        }
        char type = (char) record.get(TYPE_FIELD);
        long length = octal(record, SIZE_FIELD, 12);
        next += RECORD;
        if (type == 'x') {
            if (length <= 0 || length > LARGEST_PAX) {
                throw damaged(next);
            }
            paxLeft = roundedUp(length);
            return;
        }
        if (paxSize >= 0) {
            length = paxSize;
        }
        paxSize = -1;
        if (length < 0 || length > size - next) {
            throw damaged(next);
        }
        next += roundedUp(length);
    }

    private void readPax() {
        String text = pax.toString(StandardCharsets.ISO_8859_1);
        pax.reset();
        int at = 0;
        boolean lists = false;
        // each record begins with its own length; the end of the last 512 bytes is filled with zeros
        while (at < text.length() && text.charAt(at) != 0) {
            int blank = text.indexOf(' ', at);
            long length = number(text.substring(at, Math.max(at, blank)));
            if (length <= blank - at || length > text.length() - at) {
                throw damaged(next);
            }
            String record = text.substring(blank + 1, at + (int) length);
            if (record.startsWith("size=")) {
                paxSize = number(record.substring("size=".length()).strip());
            }
            lists |= record.startsWith("SCHILY.acl.");
            at += (int) length;
        }
        filesWithLists += lists ? 1 : 0;
    }

    /** How many files so far have an access control list. */
    int filesWithLists() {
        return filesWithLists;
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }

    /** A number of octal digits; -1 when it is none. */
    private static long octal(ByteBuffer record, int offset, int length) {
        int from = offset;
        int end = offset + length;
        while (end > from && isFiller(record.get(end - 1))) {
            end--;
        }
        while (from < end && isFiller(record.get(from))) {
            from++;
        }
        long number = from == end ? -1 : 0;
        for (int i = from; i < end && number >= 0; i++) {
            int digit = record.get(i) - '0';
            number = digit >= 0 && digit < 8 ? 8 * number + digit : -1;
        }
        return number;
    }

    private static boolean isFiller(byte b) {
        return b == 0 || b == ' ';
    }

    private static long roundedUp(long length) {
        return (length + RECORD - 1) / RECORD * RECORD;
    }

    static ImageException damaged(long offset) {
        return ImageException.of(
                Kind.ENVIRONMENT,
                "Cannot write the guest's files",
                "their tar, made of the working copy, is damaged at byte " + offset,
                "Make sure that nothing else changes the work directory, and check the disk below it.");
    }

    @Override
    public Written finish() {
        if (!ended) {
            zeros();
        }
        return new Written(size, 0, Map.of());
    }
}
