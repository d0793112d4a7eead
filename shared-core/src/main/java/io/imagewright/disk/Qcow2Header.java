package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a qcow2 header says about other places and files (qemu's docs/interop/qcow2.txt). Big-endian.
 *
 * @param clusterBits clusters are two to this power bytes
 * @param size virtual bytes
 * @param l1Entries number of entries of the active L1 table
 * @param incompatible the feature bits that must be understood
 * @param backing name of the backing file
 * @param backingFormat what the image says about its format
 * @param dataFile name of the external data file
 */
record Qcow2Header(
        int version,
        int clusterBits,
        long size,
        boolean encrypted,
        long l1Offset,
        int l1Entries,
        long refcountOffset,
        long refcountClusters,
        long incompatible,
        Optional<String> backing,
        Optional<String> backingFormat,
        Optional<String> dataFile) {

    private static final int LENGTH = 104;
    private static final int VERSION_2_LENGTH = 72;
    private static final int MAXIMUM_NAME = 1023;

    /** qemu's QCOW_MAX_L1_SIZE, in entries. */
    private static final int MAXIMUM_L1 = (32 << 20) / 8;

    private static final int EXTENSION_BACKING_FORMAT = 0xE2792ACA;
    private static final int EXTENSION_DATA_FILE = 0x44415441;
    private static final long DIRTY = 1;
    private static final long CORRUPT = 2;
    private static final long EXTERNAL_DATA = 4;
    private static final long EXTENDED_L2 = 16;

    /** Extensions lie in the first cluster; this many are more than there are kinds of. */
    private static final int MAXIMUM_EXTENSIONS = 64;

    static Qcow2Header read(SparseFile file, Path path) throws IOException {
        if (file.size() < VERSION_2_LENGTH) {
            throw damaged(path, "it ends inside its header");
        }
        ByteBuffer head = ByteBuffer.allocate(LENGTH);
        file.read(0, head.limit((int) Math.min(LENGTH, file.size())));
        head.clear();
        int version = head.getInt(4);
        int clusterBits = head.getInt(20);
        if (version < 2 || version > 3) {
            throw damaged(path, "its version is " + version + "; 2 and 3 are served");
        }
        if (clusterBits < 9 || clusterBits > 21) {
            throw damaged(path, "its header claims clusters of 2^" + Integer.toUnsignedString(clusterBits) + " bytes");
        }
        if (head.getInt(36) < 0 || head.getInt(36) > MAXIMUM_L1) {
            throw damaged(path, "its header claims " + Integer.toUnsignedString(head.getInt(36)) + " L1 entries");
        }
        long nameAt = head.getLong(8);
        int nameLength = head.getInt(16);
        if (nameAt != 0 && (nameLength < 0 || nameLength > MAXIMUM_NAME || nameAt < 0 || nameAt >= 1L << clusterBits)) {
            throw damaged(path, "the name of its backing file lies outside of its header");
        }
        Optional<String> backing = nameAt == 0 ? Optional.empty() : Optional.of(text(file, path, nameAt, nameLength));
        long extensions = version == 2 ? VERSION_2_LENGTH : Integer.toUnsignedLong(head.getInt(100));
        long extensionsEnd = nameAt != 0 ? nameAt : 1L << clusterBits;
        return new Qcow2Header(
                version,
                clusterBits,
                head.getLong(24),
                head.getInt(32) != 0,
                head.getLong(40),
                head.getInt(36),
                head.getLong(48),
                Integer.toUnsignedLong(head.getInt(56)),
                version == 2 ? 0 : head.getLong(72),
                backing,
                extension(file, path, EXTENSION_BACKING_FORMAT, extensions, extensionsEnd),
                extension(file, path, EXTENSION_DATA_FILE, extensions, extensionsEnd));
    }

    private static Optional<String> extension(SparseFile file, Path path, int wanted, long start, long end)
            throws IOException {
        long at = start;
        for (int i = 0; i < MAXIMUM_EXTENSIONS && at + 8 <= Math.min(end, file.size()); i++) {
            ByteBuffer head = ByteBuffer.allocate(8);
            file.read(at, head);
            int kind = head.getInt(0);
            long length = Integer.toUnsignedLong(head.getInt(4));
            if (kind == 0) {
                break;
            }
            if (kind == wanted && length <= MAXIMUM_NAME) {
                return Optional.of(text(file, path, at + 8, (int) length));
            }
            if (length > end - at) {
                throw damaged(path, "an extension of its header claims " + length + " bytes");
            }
            at += 8 + (length + 7) / 8 * 8;
        }
        return Optional.empty();
    }

    private static String text(SparseFile file, Path path, long at, int length) throws IOException {
        if (at + length > file.size()) {
            throw damaged(path, "it ends inside its header");
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        file.read(at, bytes);
        String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        int end = text.indexOf(0); // where qemu's string ends too
        return end < 0 ? text : text.substring(0, end);
    }

    /** What whoever wrote the image noted of its state, though it can be read. */
    List<String> warnings(Path path) {
        List<String> warnings = new ArrayList<>();
        if ((incompatible & CORRUPT) != 0) {
            warnings.add(path.getFileName()
                    + " is marked as corrupt (qcow2): QEMU found its tables damaged, and what is read"
                    + " of it may be wrong. `qemu-img check` shows the damage; take another copy, or repair one with"
                    + " `qemu-img check -r all`.");
        }
        if ((incompatible & DIRTY) != 0) {
            warnings.add(
                    path.getFileName() + " was not closed (qcow2's dirty bit): the machine that used it was killed, or"
                            + " uses it still. Its last writes may be missing.");
        }
        return warnings;
    }

    boolean externalData() {
        return (incompatible & EXTERNAL_DATA) != 0;
    }

    /** Bytes of one L2 entry. */
    int l2EntrySize() {
        return (incompatible & EXTENDED_L2) != 0 ? 16 : 8;
    }

    long clusterSize() {
        return 1L << clusterBits;
    }

    static RuntimeException damaged(Path path, String reason) {
        return QemuImg.damaged(path, reason);
    }
}
