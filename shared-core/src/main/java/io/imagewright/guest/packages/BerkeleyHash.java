package io.imagewright.guest.packages;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;

import io.imagewright.error.ImageException;
import io.imagewright.guest.FileContent;
import io.imagewright.guest.GuestFiles;

/**
 * The values of a hash table of Berkeley DB, in which rpm kept its headers before 4.16. Layout: {@code dbinc/db_page.h} of Berkeley DB 5.3, numbers in
 * the byte order of the machine that wrote it. Pages are looked at in their order, not by their hash: every one of a table counts. A page of
 * a value belongs to one value; one that is asked for again is an error, so that a chain in a circle ends.
 */
final class BerkeleyHash {

    private static final int MAGIC = 0x061561;
    private static final int METADATA = 72;
    private static final int PAGE_HEADER = 26;

    /** Types of pages: of the table, unsorted as older versions have it or sorted, and of long values. */
    private static final int UNSORTED = 2;

    private static final int SORTED = 13;
    private static final int OVERFLOW = 7;

    /** Types of items: in the page, or in a chain of pages of their own. */
    private static final int IN_PAGE = 1;

    private static final int OFF_PAGE = 3;

    /** Bytes of a value that are read at most. */
    private static final int MAX_READ = 4 << 20;

    private final FileContent file;
    private final String path;
    private final ByteOrder order;
    private final int pageSize;
    private final long pages;
    private final BitSet given = new BitSet();

    private BerkeleyHash(FileContent file, String path) {
        this.file = file;
        this.path = path;
        byte[] bytes = new byte[METADATA];
        if (file.read(0, bytes) < METADATA) {
            throw damaged("it is too short for a database");
        }
        ByteBuffer start = ByteBuffer.wrap(bytes);
        order = start.getInt(12) == MAGIC ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        start.order(order);
        if (start.getInt(12) != MAGIC) {
            throw damaged("it is no hash table of Berkeley DB");
        }
        pageSize = start.getInt(20);
        if (pageSize < 512 || pageSize > 1 << 16 || Integer.bitCount(pageSize) != 1) {
            throw damaged("its pages have an impossible size");
        }
        pages = file.size() / pageSize;
    }

    /**
     * Reads a database.
     *
     * @param path for messages
     * @throws ImageException SOURCE when it is none, or damaged
     */
    static void read(FileContent file, String path, RpmBlobs reader) {
        BerkeleyHash table = new BerkeleyHash(file, path);
        for (long number = 1; number < table.pages; number++) {
            ByteBuffer page = table.page(number);
            int type = page.get(25);
            if (type == UNSORTED || type == SORTED) {
                table.values(page, reader);
            }
        }
    }

    private ByteBuffer page(long number) {
        byte[] page = new byte[pageSize];
        if (number >= pages || file.read(number * pageSize, page) < pageSize) {
            throw damaged("it ends before page " + number);
        }
        return ByteBuffer.wrap(page).order(order);
    }

    /** Items come in pairs, key and value, from the page's end on. Key 0 is rpm's own, with the number of its last package. */
    private void values(ByteBuffer page, RpmBlobs reader) {
        int items = Short.toUnsignedInt(page.getShort(20));
        if (PAGE_HEADER + 2 * items > pageSize) {
            throw damaged("a page has more items than fit");
        }
        int end = pageSize;
        for (int item = 0; item + 1 < items; item += 2) {
            int key = offset(page, item, end);
            int value = offset(page, item + 1, key);
            boolean isPackage = end - key != 5 || page.get(key) != IN_PAGE || page.getInt(key + 1) != 0;
            end = value;
            if (isPackage && page.get(value) == IN_PAGE) {
                byte[] header = new byte[key - value - 1];
                page.get(value + 1, header);
                reader.take(header.length, wanted -> Arrays.copyOf(header, Math.min(header.length, wanted)));
            } else if (isPackage && page.get(value) == OFF_PAGE && value + 12 <= pageSize) {
                Chain chain = new Chain(page.getInt(value + 4), Integer.toUnsignedLong(page.getInt(value + 8)));
                reader.take(chain.length, chain::first);
            }
        }
    }

    /** An item ends where the one before it begins. */
    private int offset(ByteBuffer page, int item, int end) {
        int offset = Short.toUnsignedInt(page.getShort(PAGE_HEADER + 2 * item));
        if (offset >= end) {
            throw damaged("the items of a page lie in each other");
        }
        return offset;
    }

    private ImageException damaged(String reason) {
        return GuestFiles.unreadable(path, reason);
    }

    /** A value in pages of its own, read as far as it is asked for. */
    private final class Chain {

        private final long length;
        private long next;
        private byte[] read = new byte[0];
        private int filled;

        Chain(int first, long length) {
            this.length = length;
            this.next = Integer.toUnsignedLong(first);
        }

        byte[] first(int wanted) {
            if (wanted > MAX_READ) {
                throw damaged("what counts in a value lies too far inside");
            }
            int needed = (int) Math.min(wanted, length);
            if (needed > read.length) {
                read = Arrays.copyOf(read, Math.max(needed, 2 * read.length));
            }
            while (filled < needed) {
                ByteBuffer page = page(next);
                if (given.get((int) next)) {
                    throw damaged("page " + next + " is used twice");
                }
                given.set((int) next);
                int count = Short.toUnsignedInt(page.getShort(22));
                if (page.get(25) != OVERFLOW || count == 0 || count > pageSize - PAGE_HEADER) {
                    throw damaged("page " + next + " is not of a long value");
                }
                next = Integer.toUnsignedLong(page.getInt(16));
                if (filled + count > read.length) {
                    read = Arrays.copyOf(read, filled + count);
                }
                page.get(PAGE_HEADER, read, filled, count);
                filled += count;
            }
            return Arrays.copyOf(read, needed);
        }
    }
}
