package io.imagewright.guest.packages;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** The rows of one table: its B-tree, walked in the order of row numbers. */
final class SqliteTable {

    private static final int INTERIOR = 0x05;
    private static final int LEAF = 0x0d;

    /** Levels of a tree; a database of the largest size with the smallest pages has fewer. */
    private static final int MAX_DEPTH = 32;

    private static final int FILE_HEADER = 100;

    private final SqliteFile file;

    SqliteTable(SqliteFile file) {
        this.file = file;
    }

    /**
     * Gives every row of the table to a reader.
     *
     * @param root number of the page at which it starts
     */
    void forEach(long root, Consumer<SqliteRow> reader) {
        walk(root, reader, 0);
    }

    private void walk(long number, Consumer<SqliteRow> reader, int depth) {
        if (depth > MAX_DEPTH) {
            throw file.damaged("its tables are nested too deep");
        }
        ByteBuffer page = file.page(number);
        int start = number == 1 ? FILE_HEADER : 0;
        int kind = page.get(start);
        if (kind != INTERIOR && kind != LEAF) {
            throw file.damaged("page " + number + " is not of a table");
        }
        int cells = Short.toUnsignedInt(page.getShort(start + 3));
        int pointers = start + (kind == LEAF ? 8 : 12);
        if (pointers + 2 * cells > file.usable()) {
            throw file.damaged("page " + number + " has more cells than fit");
        }
        for (int cell = 0; cell < cells; cell++) {
            int at = Short.toUnsignedInt(page.getShort(pointers + 2 * cell));
            if (at + 4 > file.usable()) {
                throw file.damaged("a cell of page " + number + " lies outside of it");
            }
            if (kind == LEAF) {
                reader.accept(
                        SqliteRow.of(file, page.duplicate().limit(file.usable()).position(at)));
            } else {
                walk(Integer.toUnsignedLong(page.getInt(at)), reader, depth + 1);
            }
        }
        if (kind == INTERIOR) {
            walk(Integer.toUnsignedLong(page.getInt(start + 8)), reader, depth + 1);
        }
    }
}
