package io.imagewright.guest.packages;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;

import io.imagewright.error.ImageException;
import io.imagewright.guest.FileContent;
import io.imagewright.guest.GuestFiles;

/**
 * The pages of an SQLite 3 database, with what its write-ahead log has of them. Source: <a
 * href="https://www.sqlite.org/fileformat2.html">Database File Format</a>. No statement of the schema is ever run, so views, triggers and
 * the like are but text.
 *
 * <p>A page belongs to one place of one table: each is given out once, so that a database whose pages go in circles, or are shared, is
 * an error instead of endless work.
 */
final class SqliteFile {

    /** Bytes; the database of a system with 10000 packages has 600 MiB. */
    static final long MAX_SIZE = 2L << 30;

    private static final String MAGIC = "SQLite format 3\0";
    private static final int HEADER = 100;
    private static final int UTF_8 = 1;
    private static final int LEAST_USABLE = 480;

    private final FileContent database;
    private final Optional<SqliteLog> log;
    private final String path;
    private final int pageSize;
    private final int usable;
    private final long pages;
    private final BitSet given = new BitSet();

    private SqliteFile(FileContent database, Optional<SqliteLog> log, String path) {
        this.database = database;
        this.log = log;
        this.path = path;
        byte[] start = new byte[HEADER];
        if (log.isPresent() && log.get().page(1).isPresent()) {
            start = log.get().page(1).get();
        } else if (database.read(0, start) < HEADER) {
            throw damaged("it is too short for a database");
        }
        ByteBuffer header = ByteBuffer.wrap(start);
        if (!new String(start, 0, 16, StandardCharsets.ISO_8859_1).equals(MAGIC)) {
            throw damaged("it is no SQLite 3 database");
        }
        int size = Short.toUnsignedInt(header.getShort(16));
        pageSize = size == 1 ? 1 << 16 : size;
        usable = pageSize - Byte.toUnsignedInt(header.get(20));
        if (Integer.bitCount(pageSize) != 1
                || usable < LEAST_USABLE
                || log.filter(frames -> frames.pageSize() != pageSize).isPresent()) {
            throw damaged("its pages have an impossible size");
        }
        if (header.get(19) > 2 || (header.getInt(56) != UTF_8 && header.getInt(56) != 0)) {
            throw damaged("it is of a kind that rpm does not write");
        }
        pages = log.map(SqliteLog::pages).orElse(database.size() / pageSize);
        if (pages > MAX_SIZE / pageSize) {
            throw damaged("it has " + pages + " pages, more than make sense");
        }
    }

    /**
     * Opens a database.
     *
     * @param log its write-ahead log, {@code <database>-wal}; empty when there is none
     * @param path for messages
     * @throws ImageException SOURCE when it is no database that rpm could have written
     */
    static SqliteFile open(FileContent database, Optional<FileContent> log, String path) {
        return new SqliteFile(database, log.flatMap(SqliteLog::read), path);
    }

    /** Bytes of a page that hold content. */
    int usable() {
        return usable;
    }

    /** A page, by its number from 1. */
    ByteBuffer page(long number) {
        if (number < 1 || number > pages) {
            throw damaged("it refers to page " + number + " of " + pages);
        }
        if (given.get((int) number)) {
            throw damaged("page " + number + " is used twice");
        }
        given.set((int) number);
        Optional<byte[]> logged = log.flatMap(frames -> frames.page(number));
        if (logged.isPresent()) {
            return ByteBuffer.wrap(logged.get());
        }
        byte[] page = new byte[pageSize];
        if (database.read((number - 1) * pageSize, page) < pageSize) {
            throw damaged("it ends before page " + number);
        }
        return ByteBuffer.wrap(page);
    }

    ImageException damaged(String reason) {
        return GuestFiles.unreadable(path, reason);
    }
}
