package io.imagewright.guest.packages;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a package's header in rpm's database says: an index of tags, then their data. Numbers are big-endian; limits and layout are those of
 * rpm's <a href="https://rpm-software-management.github.io/rpm/manual/format_header.html">header format</a>.
 *
 * @param name of the package
 * @param version {@code [epoch:]version-release}
 * @param sourceRpm file name of the source package
 * @param bytes installed
 */
record RpmHeader(String name, String version, String architecture, String licence, String sourceRpm, long bytes) {

    private static final int NAME = 1000;
    private static final int VERSION = 1001;
    private static final int RELEASE = 1002;
    private static final int EPOCH = 1003;
    private static final int SIZE = 1009;
    private static final int LICENCE = 1014;
    private static final int ARCHITECTURE = 1022;
    private static final int SOURCE_RPM = 1044;

    /** Of packages above 4 GiB. */
    private static final int LONG_SIZE = 5009;

    private static final int INT32 = 4;
    private static final int INT64 = 5;
    private static final int STRING = 6;

    /** {@code bash-5.2.15-3.fc38.src.rpm}, of which neither version nor release has a hyphen. */
    private static final Pattern SOURCE = Pattern.compile("(.+)-([^-]+-[^-]+)\\.(?:no)?src\\.rpm");

    private static final int START = 8;
    private static final int ENTRY = 16;

    /** Tags of a header. */
    private static final int MAX_TAGS = 0xffff;

    /** Bytes of a header's data. */
    private static final int MAX_DATA = 256 << 20;

    /** Bytes of the data among which what is asked for must be; rpm writes it in the order of the tags. */
    private static final int MAX_OFFSET = 2 << 20;

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
        String name = fields.text(NAME, PackageList.MAX_LENGTH);
        String release = fields.text(RELEASE, PackageList.MAX_LENGTH);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        long epoch = fields.number(EPOCH, INT32);
        return Optional.of(new RpmHeader(
                name,
                (epoch == 0 ? "" : epoch + ":")
                        + fields.text(VERSION, PackageList.MAX_LENGTH)
                        + (release.isEmpty() ? "" : "-" + release),
                fields.text(ARCHITECTURE, PackageList.MAX_LENGTH),
                fields.text(LICENCE, PackageList.MAX_LICENCE),
                fields.text(SOURCE_RPM, PackageList.MAX_LENGTH),
                Math.max(0, Math.max(fields.number(SIZE, INT32), fields.number(LONG_SIZE, INT64)))));
    }

    /** The package that it is of. */
    InstalledPackage installed() {
        Matcher from = SOURCE.matcher(sourceRpm);
        boolean hasSource = from.matches();
        String sourceVersion = hasSource ? from.group(2) : "";
        return new InstalledPackage(
                "rpm",
                name,
                version,
                architecture,
                licence,
                hasSource ? from.group(1) : "",
                sourceVersion.equals(version.substring(version.indexOf(':') + 1)) ? "" : sourceVersion,
                bytes);
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
        String text(int tag, int limit) {
            int offset = offset(tag, STRING);
            if (offset < 0) {
                return "";
            }
            int from = dataStart + offset;
            byte[] bytes = first.apply(from + Math.min(limit + 1, data - offset));
            int end = from;
            while (end < bytes.length && bytes[end] != 0) {
                end++;
            }
            return end == bytes.length ? "" : new String(bytes, from, end - from, StandardCharsets.UTF_8);
        }

        /** A tag's number; 0 when it has none. */
        long number(int tag, int type) {
            int length = type == INT64 ? 8 : 4;
            int offset = offset(tag, type);
            if (offset < 0 || offset + length > data) {
                return 0;
            }
            ByteBuffer bytes = ByteBuffer.wrap(first.apply(dataStart + offset + length));
            return type == INT64
                    ? bytes.getLong(dataStart + offset)
                    : Integer.toUnsignedLong(bytes.getInt(dataStart + offset));
        }
    }
}
