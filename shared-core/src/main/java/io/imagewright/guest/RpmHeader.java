package io.imagewright.guest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What a package's header in rpm's database says: an index of tags, then their data. Numbers are big-endian; limits and layout are those of
 * rpm's <a href="https://rpm-software-management.github.io/rpm/manual/format_header.html">header format</a>.
 *
 * @param name of the package
 * @param version {@code [epoch:]version-release.architecture}
 */
record RpmHeader(String name, String version) {

    private static final int NAME = 1000;
    private static final int VERSION = 1001;
    private static final int RELEASE = 1002;
    private static final int EPOCH = 1003;
    private static final int ARCHITECTURE = 1022;

    private static final int INT32 = 4;
    private static final int STRING = 6;

    private static final int START = 8;
    private static final int ENTRY = 16;

    /** Tags of a header. */
    private static final int MAX_TAGS = 0xffff;

    /** Bytes of a header's data. */
    private static final int MAX_DATA = 256 << 20;

    /** Bytes of the data among which what is asked for must be; rpm writes it in the order of the tags. */
    private static final int MAX_OFFSET = 1 << 20;

    /**
     * Reads a header.
     *
     * @param size bytes of the whole header
     * @param first gives as many bytes of its start as it is asked for
     * @return empty when it is none
     */
    static Optional<RpmHeader> read(long size, IntFunction<byte[]> first) {
        if (size < START) {
            return Optional.empty();
        }
        ByteBuffer start = ByteBuffer.wrap(first.apply(START));
        int tags = start.getInt();
        int data = start.getInt();
        if (tags <= 0 || tags > MAX_TAGS || data <= 0 || data > MAX_DATA || size < START + (long) ENTRY * tags + data) {
            return Optional.empty();
        }
        int dataStart = START + ENTRY * tags;
        Fields fields = new Fields(ByteBuffer.wrap(first.apply(dataStart)), dataStart, data, first);
        String name = fields.text(NAME);
        String release = fields.text(RELEASE);
        String architecture = fields.text(ARCHITECTURE);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RpmHeader(
                name,
                fields.epoch()
                        + fields.text(VERSION)
                        + (release.isEmpty() ? "" : "-" + release)
                        + (architecture.isEmpty() ? "" : "." + architecture)));
    }

    /** The index, and where the data are. */
    private record Fields(ByteBuffer index, int dataStart, int data, IntFunction<byte[]> first) {

        /** Where a tag's value is in the data; negative when there is none. */
        private int offset(int tag, int type) {
            for (int entry = START; entry < dataStart; entry += ENTRY) {
                int offset = index.getInt(entry + 8);
                if (index.getInt(entry) == tag && index.getInt(entry + 4) == type) {
                    return index.getInt(entry + 12) == 1 && offset < Math.min(data, MAX_OFFSET) ? offset : -1;
                }
            }
            return -1;
        }

        /** A tag's text; empty when it has none that makes sense. */
        String text(int tag) {
            int offset = offset(tag, STRING);
            if (offset < 0) {
                return "";
            }
            int from = dataStart + offset;
            byte[] bytes = first.apply(from + Math.min(PackageList.MAX_LENGTH + 1, data - offset));
            int end = from;
            while (end < bytes.length && bytes[end] != 0) {
                end++;
            }
            return end == bytes.length ? "" : new String(bytes, from, end - from, StandardCharsets.UTF_8);
        }

        String epoch() {
            int offset = offset(EPOCH, INT32);
            if (offset < 0 || offset + 4 > data) {
                return "";
            }
            byte[] bytes = first.apply(dataStart + offset + 4);
            int epoch = ByteBuffer.wrap(bytes).getInt(dataStart + offset);
            return epoch == 0 ? "" : Integer.toUnsignedString(epoch) + ":";
        }
    }
}
