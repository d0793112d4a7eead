package io.imagewright.source.tree;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.imagewright.disk.DiskReader;
import io.imagewright.disk.Piece;
import io.imagewright.disk.SparseFile;
import io.imagewright.disk.TarBlock;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.FileType;

/**
 * Reads a tar of any form (V7, ustar, pax, GNU) into a tree. Contents stay where they are. Owners are the numeric ones; names of users are not looked at.
 * Source: pax(1) of POSIX.1-2017, GNU tar's manual.
 */
final class TarReader {

    /** Bytes of a pax header or a long name. */
    private static final int LONGEST_HEADER = 8 << 20;

    /** Bytes of the records of all global headers: they are those of every file. */
    private static final int LONGEST_GLOBAL = 64 << 10;

    private static final int LONGEST_TARGET = 4095;

    private final Path file;
    private final TarBlocks blocks;
    private final Target target;
    private final TarRecords global = TarRecords.global();
    private TarRecords records = global.own();
    private byte[] longName = new byte[0];
    private byte[] longTarget = new byte[0];

    private TarReader(Path file, DiskReader reader, long start, long size, Target target) {
        this.file = file;
        this.blocks = new TarBlocks(reader, start, size);
        this.target = target;
    }

    /** Where a tar lies. */
    record Place(Path file, long start, long size) {}

    /** Takes what is in a tar, in its order. */
    interface Target {

        /** A file of any kind. */
        void put(List<byte[]> path, TreeNode.Inode inode, long size, List<Piece> data) throws TreeFault;

        /** A further name of a file. */
        void link(List<byte[]> path, List<byte[]> existing) throws TreeFault;

        /** An extended attribute that its file does not have here, since Linux has none of this kind. */
        default void leaveOut(String attribute) {}
    }

    /** Passes on all that is in a tar. */
    static void read(Place place, Target target) throws IOException {
        try (SparseFile file = SparseFile.openRead(place.file())) {
            TarReader reader = new TarReader(place.file(), file, place.start(), place.size(), target);
            try {
                reader.run();
            } catch (EOFException cut) {
                throw new TreeFault("it is cut short");
            }
        }
    }

    private void run() throws IOException {
        if (blocks.atEnd()) {
            throw new TreeFault("it is no tar");
        }
        boolean ended = false;
        while (!ended || !blocks.atEnd()) {
            long at = blocks.position();
            byte[] header = blocks.next();
            if (isZero(header)) {
                if (ended) {
                    return; // what follows is padding
                }
                ended = true;
                continue;
            }
            ended = false;
            if (!TarBlock.isHeader(header)) {
                throw new TreeFault(at == 0 ? "it is no tar" : "the header at byte " + at + " is damaged");
            }
            member(header);
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException();
            }
        }
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private void member(byte[] header) throws IOException {
        long size = TarBlocks.number(header, 124, 12);
        char type = (char) (header[156] & 0xff);
        switch (type) {
            case 'x', 'X' -> {
                records = global.own();
                records.add(header(size));
            }
            case 'g' -> {
                global.add(header(size));
                if (global.size() > LONGEST_GLOBAL) {
                    throw new TreeFault("its global headers have more than " + LONGEST_GLOBAL + " bytes");
                }
            }
            case 'L' -> longName = cut(header(size));
            case 'K' -> longTarget = cut(header(size));
            case 'V' -> forget();
            default -> {
                file(type, header, size);
                forget();
            }
        }
    }

    private void forget() {
        records = global.own();
        longName = new byte[0];
        longTarget = new byte[0];
    }

    private byte[] header(long size) throws IOException {
        if (size < 0 || size > LONGEST_HEADER) {
            throw new TreeFault("a header of " + size + " bytes is too long");
        }
        return blocks.read((int) size);
    }

    private static byte[] cut(byte[] name) {
        return TarBlocks.text(name, 0, name.length);
    }

    private void file(char type, byte[] header, long headerSize) throws IOException {
        byte[] name =
                records.bytes("GNU.sparse.name").or(() -> records.bytes("path")).orElseGet(() -> name(header));
        List<byte[]> path = FileTree.components(name);
        boolean endsWithSlash = name.length > 0 && name[name.length - 1] == '/';
        long stored = records.number("size").orElse(headerSize);
        if (type == '1') {
            link(path, linkTarget(header));
            blocks.skip(hasData(stored) ? stored : 0);
            return;
        }
        FileType kind = switch (type) {
            case '0', 0, '7', 'S' -> endsWithSlash ? FileType.DIRECTORY : FileType.REGULAR;
            case '2' -> FileType.SYMLINK;
            case '3' -> FileType.CHARACTER_DEVICE;
            case '4' -> FileType.BLOCK_DEVICE;
            case '5', 'D' -> FileType.DIRECTORY;
            case '6' -> FileType.FIFO;
            case 'M' -> throw new TreeFault("it continues another volume");
            default ->
                throw new TreeFault("the kind of " + FileTree.shown(path) + " is unknown ("
                        + FileTree.shown(List.of(new byte[] {(byte) type})) + ")");
        };
        if (path.isEmpty() && kind != FileType.DIRECTORY) {
            throw new TreeFault("a file in it has no name");
        }
        if (kind != FileType.REGULAR) {
            blocks.skip(type == 'D' ? stored : 0);
            target.put(path, inode(kind, header), 0, List.of());
            return;
        }
        long size = stored;
        List<Piece> data;
        if (type == 'S') {
            size = TarBlocks.number(header, 483, 12);
            SparseData map = SparseData.old(header, blocks);
            data = map.pieces(file, blocks.fileOffset(), size, stored);
        } else if (records.bytes("GNU.sparse.major").isPresent()) {
            size = records.number("GNU.sparse.realsize").orElse(stored);
            long before = blocks.position();
            SparseData map = SparseData.inFront(blocks);
            stored -= blocks.position() - before;
            data = map.pieces(file, blocks.fileOffset(), size, stored);
        } else if (records.bytes("GNU.sparse.map").isPresent()) {
            size = records.number("GNU.sparse.size").orElse(stored);
            SparseData map = SparseData.text(records.text("GNU.sparse.map").orElse(""));
            data = map.pieces(file, blocks.fileOffset(), size, stored);
        } else {
            data = size == 0 ? List.of() : List.of(new Piece(0, size, file, blocks.fileOffset()));
        }
        blocks.skip(stored);
        target.put(path, inode(kind, header), size, data);
    }

    /** POSIX lets a hard link have the content again; only pax archives do. */
    private boolean hasData(long stored) {
        return stored > 0 && records.bytes("size").isPresent();
    }

    private byte[] name(byte[] header) {
        if (longName.length > 0) {
            return longName;
        }
        byte[] name = TarBlocks.text(header, 0, 100);
        boolean isPosix = Arrays.equals(header, 257, 263, new byte[] {'u', 's', 't', 'a', 'r', 0}, 0, 6);
        byte[] prefix = isPosix ? TarBlocks.text(header, 345, 155) : new byte[0];
        if (prefix.length == 0) {
            return name;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(prefix);
        whole.write('/');
        whole.writeBytes(name);
        return whole.toByteArray();
    }

    private byte[] linkTarget(byte[] header) {
        return records.bytes("linkpath")
                .orElseGet(() -> longTarget.length > 0 ? longTarget : TarBlocks.text(header, 157, 100));
    }

    private void link(List<byte[]> path, byte[] existing) throws TreeFault {
        if (path.isEmpty()) {
            throw new TreeFault("a hard link in it has no name");
        }
        target.link(path, FileTree.components(existing));
    }

    private TreeNode.Inode inode(FileType type, byte[] header) throws TreeFault {
        BigDecimal time = time(header);
        BigDecimal seconds = time.setScale(0, RoundingMode.FLOOR);
        byte[] link = type == FileType.SYMLINK ? linkTarget(header) : new byte[0];
        if (type == FileType.SYMLINK && (link.length == 0 || link.length > LONGEST_TARGET)) {
            throw new TreeFault("the target of a link in it has " + link.length + " bytes");
        }
        if (Bytes.of(link).text().indexOf(0) >= 0) {
            throw new TreeFault("the target of a link in it holds a NUL");
        }
        boolean isDevice = type == FileType.CHARACTER_DEVICE || type == FileType.BLOCK_DEVICE;
        Map<String, Bytes> attributes = records.attributes(target::leaveOut);
        return new TreeNode.Inode(
                type,
                (int) (TarBlocks.number(header, 100, 8) & 07777),
                id(records.number("uid").orElse(TarBlocks.number(header, 108, 8))),
                id(records.number("gid").orElse(TarBlocks.number(header, 116, 8))),
                seconds.longValue(),
                time.subtract(seconds).movePointRight(9).intValue(),
                isDevice ? device("SCHILY.devmajor", header, 329, 0xfff) : 0,
                isDevice ? device("SCHILY.devminor", header, 337, 0xfffff) : 0,
                link.length == 0 ? Bytes.EMPTY : Bytes.of(link),
                attributes);
    }

    private int device(String keyword, byte[] header, int at, int most) throws TreeFault {
        long number = records.number(keyword).orElse(TarBlocks.number(header, at, 8));
        if (number < 0 || number > most) {
            throw new TreeFault("a device in it has the number " + number + ", which Linux has not");
        }
        return (int) number;
    }

    private static int id(long number) throws TreeFault {
        if (number < 0 || number > 0xfffffffeL) {
            throw new TreeFault("an owner in it has the number " + number + ", which Linux has not");
        }
        return (int) number;
    }

    private BigDecimal time(byte[] header) throws TreeFault {
        Optional<String> text = records.text("mtime");
        if (text.isEmpty()) {
            return BigDecimal.valueOf(TarBlocks.number(header, 136, 12));
        }
        if (!text.get().matches("-?\\d{1,12}(\\.\\d{0,30})?")) {
            throw new TreeFault("a time in it is damaged");
        }
        return new BigDecimal(text.get().endsWith(".") ? text.get() + "0" : text.get());
    }
}
