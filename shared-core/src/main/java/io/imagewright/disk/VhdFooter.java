package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** The footer of a VHD and the header behind its copy (Microsoft, Virtual Hard Disk Image Format Specification 1.0). Big-endian. */
final class VhdFooter {

    private static final int SIZE = 512;
    private static final String COOKIE = "conectix";
    private static final int CURRENT_SIZE_AT = 48;
    private static final int TYPE_AT = 60;
    private static final int CHECKSUM_AT = 64;
    private static final int DATA_OFFSET_AT = 16;

    private static final int FIXED = 2;
    private static final int DYNAMIC = 3;
    private static final int DIFFERENCING = 4;

    private static final String HEADER_COOKIE = "cxsparse";
    private static final int HEADER_SIZE = 1024;
    private static final int PARENT_ID_AT = 40;
    private static final int PARENT_NAME_AT = 64;
    private static final int PARENT_NAME_LENGTH = 512;

    private VhdFooter() {}

    /** A fixed VHD is the bare disk and a footer, which qemu-img does not look for. */
    static boolean isFixed(SparseFile file) throws IOException {
        ByteBuffer footer = last(file);
        return isFooter(footer)
                && footer.getInt(TYPE_AT) == FIXED
                && footer.getLong(CURRENT_SIZE_AT) == file.size() - SIZE;
    }

    /** Whether the file ends as a dynamic or differencing VHD does; qemu looks only for the copy at the start. */
    static boolean isSparse(SparseFile file) throws IOException {
        ByteBuffer footer = last(file);
        int type = isFooter(footer) && checksum(footer) == footer.getInt(CHECKSUM_AT) ? footer.getInt(TYPE_AT) : 0;
        return type == DYNAMIC || type == DIFFERENCING;
    }

    /** The parent by its name, or else its id; both copies of the footer are asked. */
    static Optional<String> parent(SparseFile file, Path path) throws IOException {
        ByteBuffer first = block(file, 0, SIZE);
        ByteBuffer last = last(file);
        for (ByteBuffer footer : new ByteBuffer[] {first, last}) {
            if (isFooter(footer) && footer.getInt(TYPE_AT) == DIFFERENCING) {
                return Optional.of(named(file, footer.getLong(DATA_OFFSET_AT)));
            }
        }
        if (!isFooter(first) && isSparse(file)) {
            throw QemuImg.damaged(path, "the copy of its footer at its start is missing");
        }
        return Optional.empty();
    }

    private static String named(SparseFile file, long at) throws IOException {
        ByteBuffer header = block(file, at, HEADER_SIZE);
        if (!startsWith(header, HEADER_COOKIE)) {
            return "a disk that its damaged header does not name";
        }
        String name = StandardCharsets.UTF_16BE
                .decode(header.slice(PARENT_NAME_AT, PARENT_NAME_LENGTH))
                .toString();
        int end = name.indexOf(0);
        name = (end < 0 ? name : name.substring(0, end)).strip();
        UUID id = new UUID(header.getLong(PARENT_ID_AT), header.getLong(PARENT_ID_AT + Long.BYTES));
        return name.isEmpty() ? "the disk with the id " + id : name;
    }

    private static boolean isFooter(ByteBuffer footer) {
        return startsWith(footer, COOKIE);
    }

    private static boolean startsWith(ByteBuffer bytes, String cookie) {
        return StandardCharsets.ISO_8859_1
                .decode(bytes.slice(0, cookie.length()))
                .toString()
                .equals(cookie);
    }

    /** The complement of the sum of all other bytes. */
    private static int checksum(ByteBuffer footer) {
        int sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += i >= CHECKSUM_AT && i < CHECKSUM_AT + Integer.BYTES ? 0 : footer.get(i) & 0xff;
        }
        return ~sum;
    }

    private static ByteBuffer last(SparseFile file) throws IOException {
        return block(file, file.size() - SIZE, SIZE);
    }

    /** Zeros where the file has none. */
    private static ByteBuffer block(SparseFile file, long at, int length) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(length);
        if (at >= 0 && at <= file.size() - length) {
            file.read(at, block);
        }
        return block.clear();
    }
}
