package io.imagewright.guest.packages;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.imagewright.error.ImageException;
import io.imagewright.guest.FileContent;
import io.imagewright.guest.GuestFiles;

/**
 * The headers in {@code Packages.db}, rpm's own format that SUSE uses: slots of 16 bytes say where the header of each package is. Layout:
 * {@code lib/backend/ndb/rpmpkg.c} of rpm; numbers are little-endian.
 */
final class NdbFile {

    private static final int MAGIC = 'R' | 'p' << 8 | 'm' << 16 | 'P' << 24;
    private static final int SLOT_MAGIC = 'S' | 'l' << 8 | 'o' << 16 | 't' << 24;
    private static final int BLOB_MAGIC = 'B' | 'l' << 8 | 'b' << 16 | 'S' << 24;

    private static final int PAGE = 4096;
    private static final int SLOT = 16;
    private static final int HEADER = 32;
    private static final int BLOCK = 16;
    private static final int BLOB_HEADER = 16;

    /** Pages of slots; they have one for each package. */
    private static final int MAX_SLOT_PAGES = PackageList.MAX_PACKAGES / (PAGE / SLOT) + 1;

    private NdbFile() {}

    /**
     * Reads a database.
     *
     * @param path for messages
     * @throws ImageException SOURCE when it is none, or damaged
     */
    static void read(FileContent file, String path, RpmBlobs reader) {
        ByteBuffer header = bytes(file, 0, HEADER);
        int slotPages = header.remaining() < HEADER ? 0 : header.getInt(12);
        if (header.remaining() < HEADER || header.getInt(0) != MAGIC || header.getInt(4) != 0) {
            throw GuestFiles.unreadable(path, "it is no ndb database");
        }
        if (slotPages <= 0 || slotPages > MAX_SLOT_PAGES) {
            throw GuestFiles.unreadable(path, "it has an impossible number of slots");
        }
        long left = file.size();
        for (int page = 0; page < slotPages; page++) {
            ByteBuffer slots = bytes(file, (long) page * PAGE, PAGE);
            for (int at = page == 0 ? HEADER : 0; at < PAGE; at += SLOT) {
                if (at + SLOT > slots.limit() || slots.getInt(at) != SLOT_MAGIC) {
                    throw GuestFiles.unreadable(path, "its slots are damaged");
                }
                long block = Integer.toUnsignedLong(slots.getInt(at + 8));
                if (block != 0) {
                    left -= blob(file, path, block * BLOCK, slots.getInt(at + 4), reader);
                    if (left < 0) {
                        throw GuestFiles.unreadable(path, "its packages lie in each other");
                    }
                }
            }
        }
    }

    /** Gives a header to the reader, and returns its length. */
    private static long blob(FileContent file, String path, long at, int number, RpmBlobs reader) {
        ByteBuffer head = bytes(file, at, BLOB_HEADER);
        if (head.limit() < BLOB_HEADER || head.getInt(0) != BLOB_MAGIC || head.getInt(4) != number) {
            throw GuestFiles.unreadable(path, "a slot leads to no package");
        }
        long size = Integer.toUnsignedLong(head.getInt(12));
        if (size > file.size() - at - BLOB_HEADER) {
            throw GuestFiles.unreadable(path, "a package is longer than the file");
        }
        reader.take(
                size,
                wanted -> bytes(file, at + BLOB_HEADER, (int) Math.min(wanted, size))
                        .array());
        return size;
    }

    /** As many as the file has. */
    private static ByteBuffer bytes(FileContent file, long at, int length) {
        byte[] bytes = new byte[length];
        int read = Math.max(0, file.read(at, bytes));
        return ByteBuffer.wrap(bytes, 0, read).order(ByteOrder.LITTLE_ENDIAN);
    }
}
