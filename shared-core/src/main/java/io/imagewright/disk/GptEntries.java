package io.imagewright.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import io.imagewright.disk.Partition.Role;

/** A GPT's array of entries, kept bit for bit but for what a method changes. Immutable, equal by value. */
final class GptEntries {

    private static final int UNIQUE_AT = 16;
    private static final int FIRST_AT = 32;
    private static final int LAST_AT = 40;
    private static final int ATTRIBUTES_AT = 48;
    private static final int NAME_AT = 56;
    private static final int NAME_BYTES = 72;

    private final int entrySize;
    private final byte[] bytes;

    /** Takes the array over. */
    GptEntries(int entrySize, byte[] bytes) {
        this.entrySize = entrySize;
        this.bytes = bytes;
    }

    int entrySize() {
        return entrySize;
    }

    int count() {
        return bytes.length / entrySize;
    }

    int size() {
        return bytes.length;
    }

    int crc() {
        return GptHeader.crc(bytes);
    }

    Region at(long offset) {
        return new Region(offset, ByteBuffer.wrap(bytes));
    }

    List<Partition> partitions() {
        List<Partition> partitions = new ArrayList<>();
        ByteBuffer view = view();
        for (int at = 0; at < bytes.length; at += entrySize) {
            UUID type = Guids.get(view, at);
            if (!type.equals(Guids.NONE)) {
                partitions.add(partition(view, at, type));
            }
        }
        return partitions;
    }

    private Partition partition(ByteBuffer view, int at, UUID type) {
        long first = view.getLong(at + FIRST_AT);
        return new Partition(
                at / entrySize + 1,
                Role.GPT,
                first,
                view.getLong(at + LAST_AT) - first + 1,
                type.toString(),
                Guids.get(view, at + UNIQUE_AT).toString(),
                name(at + NAME_AT),
                view.getLong(at + ATTRIBUTES_AT),
                false);
    }

    private String name(int at) {
        String whole = new String(bytes, at, NAME_BYTES, StandardCharsets.UTF_16LE);
        int end = whole.indexOf(0);
        return end < 0 ? whole : whole.substring(0, end);
    }

    GptEntries without(int number) {
        byte[] copy = bytes.clone();
        Arrays.fill(copy, (number - 1) * entrySize, number * entrySize, (byte) 0);
        return new GptEntries(entrySize, copy);
    }

    GptEntries withSectors(int number, long sectors) {
        GptEntries copy = new GptEntries(entrySize, bytes.clone());
        ByteBuffer view = copy.view();
        int at = (number - 1) * entrySize;
        view.putLong(at + LAST_AT, view.getLong(at + FIRST_AT) + sectors - 1);
        return copy;
    }

    private ByteBuffer view() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof GptEntries other && entrySize == other.entrySize && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
