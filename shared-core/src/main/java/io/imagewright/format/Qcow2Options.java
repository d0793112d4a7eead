package io.imagewright.format;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.imagewright.spec.ByteSize;

/**
 * Settings of a qcow2 output.
 *
 * @param level the algorithm's own: the higher, the smaller and slower; 0 without compression
 * @param version 2, which readers of 2012 and earlier know, or 3
 */
record Qcow2Options(Compression compression, int level, ClusterSize clusterSize, int version) {

    private static final String FORMAT = "qcow2";
    private static final String COMPRESSION = "compression";
    private static final String LEVEL = "level";
    private static final String CLUSTER_SIZE = "clusterSize";
    private static final String VERSION = "version";

    static final List<String> NAMES = List.of(COMPRESSION, LEVEL, CLUSTER_SIZE, VERSION);

    /** How clusters are compressed; the levels are those of the libraries, the defaults those of qemu-img. */
    enum Compression {
        /** Stored as they are. */
        OFF(0, 0, 0),
        /** Raw deflate; every qemu reads it. */
        ZLIB(1, 9, 6),
        /** Read by qemu 5.1 and later. */
        ZSTD(1, 19, 3);

        private final int lowest;
        private final int highest;
        private final int usual;

        Compression(int lowest, int highest, int usual) {
            this.lowest = lowest;
            this.highest = highest;
            this.usual = usual;
        }
    }

    static Qcow2Options of(Map<String, String> given) {
        Compression compression = compression(given.getOrDefault(COMPRESSION, OptionValues.word(Compression.ZLIB)));
        String level = given.get(LEVEL);
        int version = version(given.getOrDefault(VERSION, "3"));
        if (version == 2 && compression == Compression.ZSTD) {
            throw OptionValues.bad(FORMAT, VERSION, "2", "3 with zstd, which version 2 does not know");
        }
        return new Qcow2Options(
                compression,
                level == null ? compression.usual : level(compression, level),
                clusterSize(given.getOrDefault(CLUSTER_SIZE, ClusterSize.USUAL.text())),
                version);
    }

    /** Throws when a disk of this size, in bytes, has more clusters than readers take. */
    void requireHolds(OutputFormat format, long size) {
        format.requireAtMost(
                clusterSize.largestDisk(), size, " with this " + CLUSTER_SIZE, "Set a larger " + CLUSTER_SIZE + ".");
    }

    /** Complete: reading it back gives the same settings. */
    SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>();
        map.put(COMPRESSION, OptionValues.word(compression));
        map.put(LEVEL, Integer.toString(level));
        map.put(CLUSTER_SIZE, clusterSize.text());
        map.put(VERSION, Integer.toString(version));
        return map;
    }

    private static Compression compression(String word) {
        // YAML reads a bare off as the boolean false
        return OptionValues.choice(
                FORMAT,
                COMPRESSION,
                word.equals("false") ? OptionValues.word(Compression.OFF) : word,
                Compression.values());
    }

    private static int level(Compression compression, String text) {
        int level = OptionValues.number(text);
        if (level < compression.lowest || level > compression.highest) {
            throw OptionValues.bad(
                    FORMAT,
                    LEVEL,
                    text,
                    compression == Compression.OFF
                            ? "left out when compression is off"
                            : "a number from " + compression.lowest + " to " + compression.highest + " for "
                                    + OptionValues.word(compression));
        }
        return level;
    }

    private static ClusterSize clusterSize(String text) {
        long bytes = ByteSize.parse(text).orElse(-1);
        int bits = Long.numberOfTrailingZeros(bytes);
        if (Long.bitCount(bytes) != 1 || bits < ClusterSize.SMALLEST.bits() || bits > ClusterSize.LARGEST.bits()) {
            throw OptionValues.bad(FORMAT, CLUSTER_SIZE, text, "a power of two from 4KiB to 1MiB");
        }
        return new ClusterSize(bits);
    }

    private static int version(String text) {
        int version = OptionValues.number(text);
        if (version != 2 && version != 3) {
            throw OptionValues.bad(FORMAT, VERSION, text, "2 or 3");
        }
        return version;
    }
}
