package io.imagewright.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.disk.SparseFile;
import io.imagewright.disk.TarBlock;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * Walks through the headers of a tar and keeps nothing: {@code TarFile} keeps every header, and reads long names and pax records whatever their
 * length.
 */
final class OvaScan {

    private static final int MOST_MEMBERS = 10_000;

    /** Bytes of a long name, or of pax records. */
    private static final int LARGEST_EXTENSION = 1 << 20;

    /** Types of members that say something of the next one, or of all: GNU's names, pax records. */
    private static final String EXTENSIONS = "LKxXg";

    private static final int SIZE_AT = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE_AT = 156;

    /** A record that gives the next member's size in the place of its header: POSIX pax, Extended Header. */
    private static final Pattern PAX_SIZE = Pattern.compile("(?<=^|\n)[0-9]{1,3} size=([0-9]{1,18})\n");

    private final SparseFile file;
    private long at;

    private OvaScan(SparseFile file) {
        this.file = file;
    }

    /**
     * Refuses an archive that is no machine's.
     *
     * @throws OvfDescriptor.Unusable when it has too many members
     * @throws IOException when it is damaged, or has a name or records that are too long
     */
    static void require(SparseFile file) throws IOException {
        new OvaScan(file).require();
    }

    private void require() throws IOException {
        long pax = -1;
        for (int members = 0; at <= file.size() - TarBlock.SIZE; ) {
            byte[] header = bytes(TarBlock.SIZE);
            if (isEnd(header)) {
                return;
            }
            if (!TarBlock.isHeader(header)) {
                throw new IOException("the header at byte " + at + " is damaged");
            }
            at += TarBlock.SIZE;
            long size = TarUtils.parseOctalOrBinary(header, SIZE_AT, SIZE_LENGTH);
            if (EXTENSIONS.indexOf(header[TYPE_AT]) >= 0) {
                if (size < 0 || size > LARGEST_EXTENSION || size > file.size() - at) {
                    throw new IOException("a name or its records are too long");
                }
                Matcher found = PAX_SIZE.matcher(new String(bytes((int) size), StandardCharsets.ISO_8859_1));
                if (found.find()) {
                    if (header[TYPE_AT] == 'g') {
                        throw new IOException("its records give all members one size");
                    }
                    pax = Long.parseLong(found.group(1));
                }
            } else {
                size = pax < 0 ? size : pax;
                pax = -1;
            }
            if (++members > MOST_MEMBERS) {
                throw new OvfDescriptor.Unusable("it has more than " + MOST_MEMBERS + " members");
            }
            if (size < 0 || size > file.size() - at) {
                return; // cut: who reads the member says so
            }
            at += (size + TarBlock.SIZE - 1) / TarBlock.SIZE * TarBlock.SIZE;
        }
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        file.read(at, ByteBuffer.wrap(bytes));
        return bytes;
    }

    private static boolean isEnd(byte[] header) {
        for (byte one : header) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }
}
