package io.imagewright.guest.packages;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.imagewright.guest.FileContent;

/**
 * The write-ahead log that a system which was not shut down leaves beside an SQLite database: newer contents of pages. Only what was
 * committed counts; checksums show where that ends. Source: <a href="https://www.sqlite.org/fileformat2.html#walformat">chapter 4</a> of
 * the file format.
 */
final class SqliteLog {

    private static final int MAGIC = 0x377f0682;
    private static final int VERSION = 3007000;
    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int LEAST_PAGE = 512;
    private static final int LARGEST_PAGE = 1 << 16;

    private final FileContent file;
    private final int pageSize;

    /** Where the newest committed content of a page is. */
    private final Map<Long, Long> places = new HashMap<>();

    private long pages;

    private SqliteLog(FileContent file, int pageSize) {
        this.file = file;
        this.pageSize = pageSize;
    }

    /** Reads which pages it holds; empty when it holds nothing that counts. */
    static Optional<SqliteLog> read(FileContent file) {
        byte[] bytes = new byte[HEADER];
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (file.size() > SqliteFile.MAX_SIZE || file.read(0, bytes) < HEADER) {
            return Optional.empty();
        }
        int pageSize = header.getInt(8);
        if ((header.getInt(0) & ~1) != MAGIC
                || header.getInt(4) != VERSION
                || pageSize < LEAST_PAGE
                || pageSize > LARGEST_PAGE
                || Integer.bitCount(pageSize) != 1) {
            return Optional.empty();
        }
        Checksum sum = new Checksum((header.getInt(0) & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        sum.add(bytes, 0, 24);
        if (!sum.is(header.getInt(24), header.getInt(28))) {
            return Optional.empty();
        }
        SqliteLog log = new SqliteLog(file, pageSize);
        log.readFrames(header.getLong(16), sum);
        return log.places.isEmpty() ? Optional.empty() : Optional.of(log);
    }

    /** @param salt distinguishes the frames of this log from older ones behind them */
    private void readFrames(long salt, Checksum sum) {
        byte[] bytes = new byte[FRAME_HEADER + pageSize];
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        Map<Long, Long> uncommitted = new HashMap<>();
        for (long at = HEADER; file.read(at, bytes) == bytes.length; at += bytes.length) {
            sum.add(bytes, 0, 8);
            sum.add(bytes, FRAME_HEADER, pageSize);
            if (frame.getLong(8) != salt || !sum.is(frame.getInt(16), frame.getInt(20))) {
                return;
            }
            uncommitted.put(Integer.toUnsignedLong(frame.getInt(0)), at + FRAME_HEADER);
            long size = Integer.toUnsignedLong(frame.getInt(4));
            if (size != 0) {
                pages = size;
                places.putAll(uncommitted);
                uncommitted.clear();
            }
        }
    }

    int pageSize() {
        return pageSize;
    }

    /** Pages of the database after the last commit. */
    long pages() {
        return pages;
    }

    /** The content of a page; empty when the database itself has it. */
    Optional<byte[]> page(long number) {
        Long place = places.get(number);
        if (place == null) {
            return Optional.empty();
        }
        byte[] page = new byte[pageSize];
        file.read(place, page);
        return Optional.of(page);
    }

    /** Two sums that run on over the whole log. */
    private static final class Checksum {

        private final ByteOrder order;
        private int first;
        private int second;

        Checksum(ByteOrder order) {
            this.order = order;
        }

        void add(byte[] bytes, int offset, int length) {
            ByteBuffer words = ByteBuffer.wrap(bytes, offset, length).order(order);
            while (words.hasRemaining()) {
                first += words.getInt() + second;
                second += words.getInt() + first;
            }
        }

        boolean is(int one, int two) {
            return first == one && second == two;
        }
    }
}
