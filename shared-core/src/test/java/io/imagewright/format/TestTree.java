package io.imagewright.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.Piece;

/** The files of a guest as the worker gives them: a tar whose headers lie in one file and whose contents in another. */
final class TestTree {

    private static final int RECORD = 512;

    private final Path headers;
    private final Path contents;
    private final List<Piece> pieces = new ArrayList<>();
    private long position;
    private long headersEnd;
    private long contentsEnd;

    TestTree(Path headers, Path contents) {
        this.headers = headers;
        this.contents = contents;
    }

    Path headers() {
        return headers;
    }

    Path contents() {
        return contents;
    }

    /** Everything that a guest may have. */
    static TestTree full(Path headers, Path contents) throws IOException {
        TestTree tree = new TestTree(headers, contents).directory("./").directory("bin/");
        tree.file("bin/ping", 0755, "ping".getBytes(StandardCharsets.UTF_8), CAPABILITY);
        tree.file("bin/su", 04755, "hello".getBytes(StandardCharsets.UTF_8), Map.of());
        tree.entry('1', "bin/sudo", 04755, 0, "bin/su", "", Map.of());
        tree.directory("dev/");
        tree.entry('6', "dev/initctl", 0600, 0, "", "", Map.of());
        tree.entry('3', "dev/null", 0666, 0, "", "1,3", Map.of());
        tree.entry('4', "dev/sda", 0660, 0, "", "8,0", Map.of());
        String deep = "long/";
        tree.directory(deep);
        for (int i = 0; i < 4; i++) {
            deep += "d".repeat(100) + "/";
            tree.directory(deep);
        }
        tree.file(deep + "f".repeat(200), 0644, new byte[] {'a', 'b', 'c'}, Map.of("uid", bytes("3000000")));
        tree.directory("names/");
        tree.file("names/caf\u00e9", 0644, new byte[] {'x'}, Map.of());
        tree.entry('2', "names/link\u00e9", 0777, 0, "caf\u00e9", "", Map.of());
        return tree.sparse("sparse").file("zero", 0600, new byte[0], Map.of());
    }

    private static final Map<String, byte[]> CAPABILITY = Map.of(
            "SCHILY.xattr.security.capability",
            new byte[] {1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
            "SCHILY.xattr.user.note",
            bytes("two\nlines, 9 size=7\n"));

    /** With random bytes, which no algorithm makes smaller. */
    TestTree random(String name, int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return file(name, 0644, bytes, Map.of());
    }

    /** With a length that a plain header cannot record, and no content but zeros. */
    TestTree huge(String name, long length) throws IOException {
        entry('0', name, 0644, 0, "", "", Map.of("size", bytes(Long.toString(length))));
        position += (length + RECORD - 1) / RECORD * RECORD;
        return this;
    }

    /** GNU sparse format 1.0: 9 GiB with a MiB in the middle and a block at the end. */
    private TestTree sparse(String name) throws IOException {
        return sparse(name, 9L << 30, 5L << 30);
    }

    /** With a MiB at the offset and a block at the end; all else are holes. */
    TestTree sparse(String name, long real, long offset) throws IOException {
        String map = "2\n" + offset + "\n" + (1 << 20) + "\n" + (real - 4096) + "\n4096\n";
        byte[] content = Arrays.copyOf(bytes(map), RECORD + (1 << 20) + 4096);
        Arrays.fill(content, RECORD, content.length, (byte) 'A');
        Map<String, byte[]> pax = Map.of(
                "GNU.sparse.major", bytes("1"),
                "GNU.sparse.minor", bytes("0"),
                "GNU.sparse.name", bytes(name),
                "GNU.sparse.realsize", bytes(Long.toString(real)));
        return file("GNUSparseFile.0/" + name, 0644, content, pax);
    }

    TestTree directory(String name) throws IOException {
        return entry('5', name, 0755, 0, "", "", Map.of());
    }

    TestTree file(String name, int mode, byte[] content, Map<String, byte[]> pax) throws IOException {
        entry('0', name, mode, content.length, "", "", pax);
        if (content.length > 0) {
            write(contents, contentsEnd, content);
            pieces.add(new Piece(position, content.length, contents, contentsEnd));
            contentsEnd += (content.length + 4095) / 4096 * 4096;
            position += (content.length + RECORD - 1) / RECORD * RECORD;
        }
        return this;
    }

    /** Without content. */
    TestTree entry(char type, String name, int mode, long size, String link, String device, Map<String, byte[]> pax)
            throws IOException {
        Map<String, byte[]> records = new TreeMap<>(pax);
        if (name.length() > 100) {
            records.put("path", latin(name));
        }
        if (!records.isEmpty()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            records.forEach((key, value) -> body.writeBytes(record(key, value)));
            header(record('x', "PaxHeaders/x", 0644, body.size(), "", ""));
            header(Arrays.copyOf(body.toByteArray(), (body.size() + RECORD - 1) / RECORD * RECORD));
        }
        header(record(type, name, mode, size, link, device));
        return this;
    }

    private static byte[] record(String key, byte[] value) {
        int rest = key.length() + value.length + 3;
        int length = rest + Integer.toString(rest).length();
        length = rest + Integer.toString(length).length();
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(bytes(length + " " + key + "="));
        record.writeBytes(value);
        record.write('\n');
        return record.toByteArray();
    }

    private static byte[] record(char type, String name, int mode, long size, String link, String device) {
        byte[] record = new byte[RECORD];
        put(record, 0, 100, latin(name));
        put(record, 100, 8, bytes(String.format("%07o", mode)));
        put(record, 108, 8, bytes("0000000"));
        put(record, 116, 8, bytes("0000000"));
        put(record, 124, 12, bytes(String.format("%011o", size)));
        put(record, 136, 12, bytes(String.format("%011o", 1_700_000_000)));
        put(record, 156, 1, new byte[] {(byte) type});
        put(record, 157, 100, latin(link));
        put(record, 257, 8, bytes("ustar\00000"));
        if (!device.isEmpty()) {
            put(record, 329, 8, bytes(String.format("%07o", Integer.parseInt(device.split(",")[0]))));
            put(record, 337, 8, bytes(String.format("%07o", Integer.parseInt(device.split(",")[1]))));
        }
        put(record, 148, 8, bytes("        "));
        int sum = 0;
        for (byte b : record) {
            sum += b & 0xff;
        }
        put(record, 148, 8, bytes(String.format("%06o\0 ", sum)));
        return record;
    }

    private static void put(byte[] record, int offset, int room, byte[] bytes) {
        System.arraycopy(bytes, 0, record, offset, Math.min(room, bytes.length));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Names are bytes, and not always UTF-8. */
    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void header(byte[] bytes) throws IOException {
        write(headers, headersEnd, bytes);
        pieces.add(new Piece(position, bytes.length, headers, headersEnd));
        headersEnd += bytes.length;
        position += bytes.length;
    }

    private static void write(Path file, long offset, byte[] bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(offset);
            open.write(bytes);
        }
    }

    /** With the two records of zeros that end it. */
    DiskLayout layout() {
        return new DiskLayout(position + 2 * RECORD, pieces);
    }

    /** The same in one file. */
    Path whole(Path file) throws IOException {
        try (RandomAccessFile target = new RandomAccessFile(file.toFile(), "rw")) {
            target.setLength(layout().size());
            for (Piece piece : pieces) {
                byte[] bytes = new byte[(int) piece.length()];
                try (RandomAccessFile source = new RandomAccessFile(piece.file().toFile(), "r")) {
                    source.seek(piece.fileOffset());
                    source.readFully(bytes);
                }
                target.seek(piece.offset());
                target.write(bytes);
            }
        }
        return file;
    }
}
