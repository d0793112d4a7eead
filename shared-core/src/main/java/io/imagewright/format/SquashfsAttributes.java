package io.imagewright.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The extended attributes of all files: a set is there once, however many files have it. */
final class SquashfsAttributes {

    /** The kinds that the format knows, by their number. */
    private static final List<String> PREFIXES = List.of("user.", "trusted.", "security.");

    private final ByteArrayOutputStream pairs = new ByteArrayOutputStream();
    private final SquashfsMetadata table;
    private final Map<ByteBuffer, Integer> indexes = new HashMap<>();
    private final List<Set> sets = new ArrayList<>();
    private final SortedMap<String, Integer> leftOut = new TreeMap<>();

    /**
     * What a file has.
     *
     * @param reference where it is in the table of names and values
     * @param count of attributes
     * @param length bytes in that table
     */
    record Set(long reference, int count, int length) {}

    SquashfsAttributes(SquashfsCompressor compressor) {
        this.table = new SquashfsMetadata(compressor, SquashfsMetadata.into(pairs));
    }

    /** Index of a set, or {@link SquashfsNode#NONE}. Attributes for which the format has no room are counted. */
    int index(Map<String, byte[]> attributes) {
        ByteArrayOutputStream set = new ByteArrayOutputStream();
        int count = 0;
        for (Map.Entry<String, byte[]> attribute : new TreeMap<>(attributes).entrySet()) {
            String name = attribute.getKey();
            Optional<String> prefix = PREFIXES.stream()
                    .filter(known -> name.startsWith(known) && name.length() > known.length())
                    .findFirst();
            if (prefix.isPresent()) {
                byte[] rest = name.substring(prefix.get().length()).getBytes(StandardCharsets.ISO_8859_1);
                set.writeBytes(pair(PREFIXES.indexOf(prefix.get()), rest, attribute.getValue()));
                count++;
            } else {
                leftOut.merge(name, 1, Integer::sum);
            }
        }
        return count == 0 ? SquashfsNode.NONE : index(set.toByteArray(), count);
    }

    private static byte[] pair(int kind, byte[] name, byte[] value) {
        return SquashfsMetadata.buffer(8 + name.length + value.length)
                .putShort((short) kind)
                .putShort((short) name.length)
                .put(name)
                .putInt(value.length)
                .put(value)
                .array();
    }

    private int index(byte[] set, int count) {
        return indexes.computeIfAbsent(ByteBuffer.wrap(set), key -> {
            sets.add(new Set(table.reference(), count, set.length));
            table.append(set);
            return sets.size() - 1;
        });
    }

    /** Those that were left out, and of how many files. */
    SortedMap<String, Integer> leftOut() {
        return leftOut;
    }

    List<Set> sets() {
        return sets;
    }

    /** The finished table of names and values. */
    byte[] pairs() {
        table.finish();
        return pairs.toByteArray();
    }
}
