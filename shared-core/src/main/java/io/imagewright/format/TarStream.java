package io.imagewright.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.disk.ZeroScan;
import io.imagewright.error.ImageException;

/**
 * Reads the guest's tar as it passes by, and hands on its members. {@link TarCheck} has looked at the sums and lengths of the headers before. POSIX.1-2001,
 * pax(1), "ustar Interchange Format".
 */
final class TarStream {

    private static final int RECORD = 512;
    private static final int LARGEST_PAX = 16 << 20;

    private static final String ATTRIBUTE = "SCHILY.xattr.";

    private final Receiver receiver;

    /** Bytes of the tar that have been read. */
    private long position;

    /** What the bytes at the position are part of. */
    private Part part = Part.HEADER;

    /** A record or a pax header, as far as it has been read. */
    private ByteBuffer collected = ByteBuffer.allocate(RECORD);

    private Map<String, String> pax = new HashMap<>();

    /** Bytes of the member that are still to come, those behind the content up to the next record not counted. */
    private long left;

    private long padding;

    /** Bytes of the file that have been handed on, and that it has. */
    private long done;

    private long fileSize;
    private TarHoles holes = new TarHoles();

    /** Bytes up to the end of the run of data; of a file without holes all of it. */
    private long runEnd;

    private enum Part {
        HEADER,
        PAX,
        MAP,
        CONTENT,
        PADDING,
        END
    }

    /** What is done with the members. After each regular file that has content its bytes follow, in order, then {@link #end}. */
    interface Receiver {

        void entry(TarEntry entry);

        /** The next bytes of the file, all that remain in the buffer. */
        void data(ByteBuffer bytes) throws InterruptedException;

        /** The next bytes of the file are zeros. */
        void zeros(long length) throws InterruptedException;

        /** The file ends. */
        void end() throws InterruptedException;
    }

    TarStream(Receiver receiver) {
        this.receiver = receiver;
    }

    /** The next bytes of the tar. */
    void data(ByteBuffer bytes) throws InterruptedException {
        while (bytes.hasRemaining() && part != Part.END) {
            int count = (int) Math.min(bytes.remaining(), wanted());
            ByteBuffer piece = bytes.slice(bytes.position(), count);
            bytes.position(bytes.position() + count);
            position += count;
            switch (part) {
                case HEADER, PAX, MAP -> {
                    collected.put(piece);
                    if (!collected.hasRemaining()) {
                        collected();
                    }
                }
                case CONTENT -> {
                    receiver.data(piece);
                    content(count);
                }
                case PADDING, END -> padding(count);
            }
        }
    }

    /** The next bytes of the tar are zeros. */
    void zeros(long length) throws InterruptedException {
        long rest = length;
        while (rest > 0 && part != Part.END) {
            long count = Math.min(rest, wanted());
            rest -= count;
            position += count;
            switch (part) {
                case HEADER -> {
                    if (collected.position() > 0 || !pax.isEmpty()) {
                        throw damaged();
                    }
                    part = Part.END;
                }
                case PAX, MAP -> throw damaged();
                case CONTENT -> {
                    receiver.zeros(count);
                    content(count);
                }
                case PADDING, END -> padding(count);
            }
        }
    }

    /** The tar ends here. */
    void end() {
        boolean between = part == Part.HEADER && collected.position() == 0 && pax.isEmpty();
        if (!between && part != Part.END) {
            throw damaged();
        }
    }

    private long wanted() {
        return switch (part) {
            case HEADER, PAX, MAP -> collected.remaining();
            case CONTENT -> runEnd - done;
            case PADDING, END -> padding;
        };
    }

    private void collected() throws InterruptedException {
        ByteBuffer whole = collected.flip();
        switch (part) {
            case HEADER -> header(whole);
            case PAX -> {
                readPax(StandardCharsets.ISO_8859_1.decode(whole).toString());
                expectRecord(Part.HEADER);
            }
            default -> {
                left -= RECORD;
                if (map(whole)) {
                    nextRun();
                } else if (left < RECORD) {
                    throw damaged();
                } else {
                    collected.clear();
                }
            }
        }
    }

    private void expectRecord(Part next) {
        part = next;
        collected = collected.capacity() == RECORD ? collected.clear() : ByteBuffer.allocate(RECORD);
    }

    private void header(ByteBuffer record) throws InterruptedException {
        if (ZeroScan.isZero(record, 0, RECORD)) {
            part = Part.END;
            return;
        }
        char type = (char) (record.get(156) & 0xff);
        if (type == 'x') {
            long length = octal(record, 124, 12);
            if (length <= 0 || length > LARGEST_PAX) {
                throw damaged();
            }
            part = Part.PAX;
            collected = ByteBuffer.allocate((int) (length + padded(length)));
            return;
        }
        if (type < '0' || type > '6') {
            throw damaged();
        }
        left = number("size", record, 124, 12);
        boolean sparse = pax.containsKey("GNU.sparse.major");
        fileSize = sparse ? number("GNU.sparse.realsize", record, 124, 12) : left;
        if ((type != '0' && left != 0) || (sparse && left < RECORD)) {
            throw damaged();
        }
        receiver.entry(entry(type, record));
        pax = new HashMap<>();
        done = 0;
        padding = padded(left);
        holes = new TarHoles();
        if (sparse) {
            expectRecord(Part.MAP);
        } else if (fileSize > 0) {
            runEnd = fileSize;
            left = 0;
            part = Part.CONTENT;
        } else {
            expectRecord(Part.HEADER);
        }
    }

    private TarEntry entry(char type, ByteBuffer record) {
        Map<String, byte[]> attributes = new TreeMap<>();
        pax.forEach((key, value) -> {
            if (key.startsWith(ATTRIBUTE)) {
                // an equals sign would end the keyword; as GNU tar does it
                String name =
                        key.substring(ATTRIBUTE.length()).replace("%3D", "=").replace("%25", "%");
                attributes.put(name, value.getBytes(StandardCharsets.ISO_8859_1));
            }
        });
        String path = pax.getOrDefault("GNU.sparse.name", pax.getOrDefault("path", text(record, 0)));
        boolean device = type == '3' || type == '4';
        return new TarEntry(
                path,
                type,
                (int) octal(record, 100, 8) & 07777,
                number("uid", record, 108, 8),
                number("gid", record, 116, 8),
                pax.containsKey("mtime") ? seconds(pax.get("mtime")) : octal(record, 136, 12),
                fileSize,
                pax.getOrDefault("linkpath", text(record, 157)),
                device ? (int) octal(record, 329, 8) : 0,
                device ? (int) octal(record, 337, 8) : 0,
                attributes);
    }

    private boolean map(ByteBuffer block) {
        try {
            return holes.add(block);
        } catch (NumberFormatException e) {
            throw damaged();
        }
    }

    /** Up to the next data of a file with holes, or to the end of the file. */
    private void nextRun() throws InterruptedException {
        while (holes.nextRun()) {
            long end = holes.offset() + holes.length();
            if (holes.offset() < done || end < 0 || end > fileSize || holes.length() > left) {
                throw damaged();
            }
            hole(holes.offset());
            if (holes.length() > 0) {
                left -= holes.length();
                runEnd = end;
                part = Part.CONTENT;
                return;
            }
        }
        if (left > 0) {
            throw damaged();
        }
        hole(fileSize);
        endOfFile();
    }

    private void hole(long end) throws InterruptedException {
        if (end > done) {
            receiver.zeros(end - done);
            done = end;
        }
    }

    private void content(long count) throws InterruptedException {
        done += count;
        if (done == runEnd) {
            nextRun();
        }
    }

    private void endOfFile() throws InterruptedException {
        receiver.end();
        if (padding > 0) {
            part = Part.PADDING;
        } else {
            expectRecord(Part.HEADER);
        }
    }

    private void padding(long count) {
        padding -= count;
        if (padding == 0) {
            expectRecord(Part.HEADER);
        }
    }

    private void readPax(String text) {
        int at = 0;
        // each record begins with its own length; the end of the last 512 bytes is filled with zeros
        while (at < text.length() && text.charAt(at) != 0) {
            int blank = text.indexOf(' ', at);
            long length = blank < 0 ? 0 : decimal(text.substring(at, blank));
            int equals = text.indexOf('=', at);
            if (blank < 0 || equals < blank || length > text.length() - at || equals > at + length - 2) {
                throw damaged();
            }
            pax.put(text.substring(blank + 1, equals), text.substring(equals + 1, at + (int) length - 1));
            at += (int) length;
        }
    }

    private long number(String keyword, ByteBuffer record, int offset, int length) {
        String given = pax.get(keyword);
        return given == null ? octal(record, offset, length) : decimal(given);
    }

    private long decimal(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw damaged();
        }
        return Long.parseLong(text);
    }

    /** Whole seconds, rounded down. */
    private long seconds(String text) {
        if (!text.matches("-?[0-9]{1,17}([.][0-9]+)?")) {
            throw damaged();
        }
        int point = text.indexOf('.');
        long whole = Long.parseLong(point < 0 ? text : text.substring(0, point));
        return text.startsWith("-") && point > 0 ? whole - 1 : whole;
    }

    private long octal(ByteBuffer record, int offset, int length) {
        String digits = text(record, offset, length).strip();
        if (!digits.matches("[0-7]{1,12}")) {
            throw damaged();
        }
        return Long.parseLong(digits, 8);
    }

    private static String text(ByteBuffer record, int offset) {
        return text(record, offset, 100);
    }

    /** Up to the first NUL. */
    private static String text(ByteBuffer record, int offset, int length) {
        String field =
                StandardCharsets.ISO_8859_1.decode(record.slice(offset, length)).toString();
        int end = field.indexOf(0);
        return end < 0 ? field : field.substring(0, end);
    }

    private static long padded(long length) {
        return (RECORD - length % RECORD) % RECORD;
    }

    private ImageException damaged() {
        return TarCheck.damaged(position);
    }
}
