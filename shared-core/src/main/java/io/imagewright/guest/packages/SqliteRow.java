package io.imagewright.guest.packages;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.imagewright.guest.Bytes;

/** One row of a table. Its content is read as far as it is asked for: it may lie in a long chain of pages. */
final class SqliteRow {

    private static final int MAX_COLUMNS = 64;

    /** Bytes of a row that are read at most. */
    private static final int MAX_READ = 4 << 20;

    /** Where a column's value lies in the row, and its serial type, which has kind and length. */
    private record Column(long type, long start, long length) {

        static final int FIRST_BLOB = 12;

        boolean isText() {
            return type > FIRST_BLOB && type % 2 == 1;
        }

        boolean isBlob() {
            return type >= FIRST_BLOB && type % 2 == 0;
        }
    }

    private final SqliteFile file;
    private final long length;
    private byte[] read;
    private int filled;
    private long next;
    private List<Column> columns = List.of();

    private SqliteRow(SqliteFile file, long length, byte[] local, long next) {
        this.file = file;
        this.length = length;
        this.read = local;
        this.filled = local.length;
        this.next = next;
    }

    /** The row at the position of a leaf's page, which ends at its limit. */
    static SqliteRow of(SqliteFile file, ByteBuffer page) {
        long length = varint(file, page);
        varint(file, page); // row number
        int local = local(length, file.usable());
        int pointer = local < length ? 4 : 0;
        if (length < 0 || local + pointer > page.remaining()) {
            throw file.damaged("a row is longer than its page");
        }
        byte[] bytes = new byte[local];
        page.get(bytes);
        SqliteRow row = new SqliteRow(file, length, bytes, pointer == 0 ? 0 : Integer.toUnsignedLong(page.getInt()));
        row.columns = row.columns();
        return row;
    }

    /** How many bytes of a row are in the leaf itself. */
    private static int local(long length, int usable) {
        int most = usable - 35;
        if (length <= most) {
            return (int) Math.max(0, length);
        }
        int least = (usable - 12) * 32 / 255 - 23;
        long wanted = least + (length - least) % (usable - 4);
        return (int) (wanted <= most ? wanted : least);
    }

    private List<Column> columns() {
        ByteBuffer start = ByteBuffer.wrap(first(Math.min(length, 9)));
        long header = varint(file, start);
        if (header < start.position() || header > Math.min(length, 9L * (MAX_COLUMNS + 1))) {
            throw file.damaged("a row has an impossible header");
        }
        ByteBuffer types = ByteBuffer.wrap(first(header)).limit((int) header).position(start.position());
        List<Column> found = new ArrayList<>();
        long at = header;
        while (types.hasRemaining() && found.size() < MAX_COLUMNS) {
            long type = varint(file, types);
            long size = size(type);
            if (size < 0 || size > length - at) {
                throw file.damaged("a column is longer than its row");
            }
            found.add(new Column(type, at, size));
            at += size;
        }
        return found;
    }

    private static long size(long type) {
        if (type < 0) {
            return -1;
        }
        if (type >= Column.FIRST_BLOB) {
            return (type - Column.FIRST_BLOB) / 2;
        }
        return switch ((int) type) {
            case 1, 2, 3, 4 -> type;
            case 5 -> 6;
            case 6, 7 -> 8;
            default -> 0;
        };
    }

    /** The text of a column; empty when it is no text or longer than makes sense. */
    String text(int column, int limit) {
        if (column >= columns.size()
                || !columns.get(column).isText()
                || columns.get(column).length() > limit) {
            return "";
        }
        return Bytes.of(blob(columns.get(column), limit)).text();
    }

    /** The number of a column; 0 when it is none. */
    long number(int column) {
        if (column >= columns.size() || columns.get(column).type() > 6) {
            return columns.size() > column && columns.get(column).type() == 9 ? 1 : 0;
        }
        long value = 0;
        for (byte part : blob(columns.get(column), 8)) {
            value = value << 8 | Byte.toUnsignedInt(part);
        }
        return value;
    }

    /** Bytes of the blob in a column; 0 when it is none. */
    long blobSize(int column) {
        return column < columns.size() && columns.get(column).isBlob()
                ? columns.get(column).length()
                : 0;
    }

    /** The first bytes of the blob in a column: as many as are wanted, or as it has. */
    byte[] blob(int column, int wanted) {
        return blobSize(column) == 0 ? new byte[0] : blob(columns.get(column), wanted);
    }

    private byte[] blob(Column column, int wanted) {
        long end = column.start() + Math.min(wanted, column.length());
        return Arrays.copyOfRange(first(end), (int) column.start(), (int) end);
    }

    /** The row's first bytes, at least as many as these. */
    private byte[] first(long wanted) {
        if (wanted > MAX_READ) {
            throw file.damaged("what counts in a row lies too far inside");
        }
        if (wanted > read.length) {
            read = Arrays.copyOf(read, (int) Math.min(length, Math.max(wanted, 2L * read.length)));
        }
        while (filled < wanted) {
            ByteBuffer page = file.page(next);
            next = Integer.toUnsignedLong(page.getInt());
            int count = (int) Math.min(file.usable() - 4, length - filled);
            if (filled + count > read.length) {
                read = Arrays.copyOf(read, filled + count);
            }
            page.get(read, filled, count);
            filled += count;
        }
        return read;
    }

    /** A number of one to nine bytes, the highest bits first; the first eight give seven bits each. */
    private static long varint(SqliteFile file, ByteBuffer from) {
        long value = 0;
        for (int i = 0; i < 9; i++) {
            if (!from.hasRemaining()) {
                throw file.damaged("a number is cut off");
            }
            byte part = from.get();
            if (i == 8) {
                return value << 8 | Byte.toUnsignedInt(part);
            }
            value = value << 7 | (part & 0x7f);
            if (part >= 0) {
                return value;
            }
        }
        return value;
    }
}
