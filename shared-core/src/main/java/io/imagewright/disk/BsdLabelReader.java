package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import io.imagewright.disk.BsdLabel.Slot;
import io.imagewright.error.ImageException;

/**
 * Reads a label as x86 and ARM have it: little-endian, in the second sector of the partition ({@code sys/disklabel.h} of each BSD, {@code sys/disk/bsd.h}
 * of FreeBSD). Whatever is odd is refused: a BSD would not use such a label either.
 */
final class BsdLabelReader {

    private static final int MAGIC = 0x82564557;
    private static final int MAGIC_AT = 0;
    private static final int SECTOR_SIZE_AT = 40;
    private static final int UID_AT = 64;
    private static final int VERSION_AT = 114;
    private static final int SECOND_MAGIC_AT = 132;
    private static final int COUNT_AT = 138;
    private static final int SLOTS_AT = 148;
    private static final int SLOT_SIZE = 16;
    private static final int UID_SIZE = 8;

    /** OpenBSD 7.8 and later; 16 and 22 elsewhere. */
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /** The slots {@code c} and {@code d} stand for everything: of the partition, of the disk. */
    private static final int RAW = 2;

    private static final int NETBSD_RAW = 3;

    private static final int UNUSED = 0;
    private static final int FAST_FILE_SYSTEM = 7;

    private final DiskReader disk;
    private final int sectorSize;
    private final Partition holder;
    private final String system;

    BsdLabelReader(DiskReader disk, int sectorSize, Partition holder, String system) {
        this.disk = disk;
        this.sectorSize = sectorSize;
        this.holder = holder;
        this.system = system;
    }

    Optional<BsdLabel> read() throws IOException {
        long at = (holder.start() + 1) * sectorSize;
        long room = Math.min(SLOTS_AT + LETTERS.length() * SLOT_SIZE, start() + length() - at);
        if (room < SLOTS_AT) {
            return Optional.empty();
        }
        ByteBuffer label = ByteBuffer.allocate((int) room).order(ByteOrder.LITTLE_ENDIAN);
        disk.read(at, label);
        if (label.getInt(MAGIC_AT) != MAGIC || label.getInt(SECOND_MAGIC_AT) != MAGIC) {
            return Optional.empty();
        }
        int count = Short.toUnsignedInt(label.getShort(COUNT_AT));
        if (count > (room - SLOTS_AT) / SLOT_SIZE) {
            throw damaged("it counts " + count + " partitions");
        }
        if (checksum(label, SLOTS_AT + count * SLOT_SIZE) != 0) {
            throw damaged("its checksum is wrong");
        }
        if (label.getInt(SECTOR_SIZE_AT) != sectorSize) {
            throw damaged("it counts sectors of " + Integer.toUnsignedString(label.getInt(SECTOR_SIZE_AT))
                    + " bytes on a disk of sectors of " + sectorSize);
        }
        return Optional.of(sorted(label, slots(label, count)));
    }

    /** All that is used. */
    private List<Slot> slots(ByteBuffer label, int count) {
        // of FreeBSD they count from wherever the raw slot does: from the disk's or the partition's start
        long shift = system.equals("freebsd") && count > RAW ? holder.start() - offset(label, RAW) : 0;
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int type = Byte.toUnsignedInt(label.get(slotAt(i) + 12));
            long offset = (offset(label, i) + shift) * sectorSize;
            long length = size(label, i) * sectorSize;
            boolean raw = (i == RAW || i == NETBSD_RAW) && offset <= start() && offset + length >= start() + length();
            if (type != UNUSED && length != 0 && !raw) {
                slots.add(new Slot(LETTERS.charAt(i), type == FAST_FILE_SYSTEM, offset, length));
            }
        }
        return slots;
    }

    private BsdLabel sorted(ByteBuffer label, List<Slot> all) {
        List<Slot> inside = new ArrayList<>();
        List<Slot> foreign = new ArrayList<>();
        for (Slot slot : all) {
            if (slot.offset() >= start() && slot.end() <= start() + length()) {
                inside.add(slot);
            } else if (slot.end() <= start() || slot.offset() >= start() + length()) {
                foreign.add(slot);
            } else {
                throw damaged("its partition " + slot.letter() + " (bytes " + slot.offset() + " to " + (slot.end() - 1)
                        + ") lies partly outside");
            }
        }
        List<Slot> byPlace =
                inside.stream().sorted(Comparator.comparingLong(Slot::offset)).toList();
        for (int i = 1; i < byPlace.size(); i++) {
            if (byPlace.get(i - 1).end() > byPlace.get(i).offset()) {
                throw damaged("its partitions " + byPlace.get(i - 1).letter() + " and "
                        + byPlace.get(i).letter() + " overlap");
            }
        }
        return new BsdLabel(system, uid(label), inside, foreign);
    }

    private long start() {
        return holder.start() * sectorSize;
    }

    private long length() {
        return holder.sectors() * sectorSize;
    }

    private static int slotAt(int slot) {
        return SLOTS_AT + slot * SLOT_SIZE;
    }

    private long offset(ByteBuffer label, int slot) {
        return high(label, slotAt(slot) + 8) | Integer.toUnsignedLong(label.getInt(slotAt(slot) + 4));
    }

    private long size(ByteBuffer label, int slot) {
        return high(label, slotAt(slot) + 10) | Integer.toUnsignedLong(label.getInt(slotAt(slot)));
    }

    /** Bits above 32 of a sector number; at most 48 in all, so that its byte fits a long. */
    private long high(ByteBuffer label, int at) {
        boolean wide = system.equals("openbsd") && label.getShort(VERSION_AT) != 0;
        return wide ? (long) Short.toUnsignedInt(label.getShort(at)) << 32 : 0;
    }

    private String uid(ByteBuffer label) {
        byte[] uid = new byte[UID_SIZE];
        label.get(UID_AT, uid);
        String digits = HexFormat.of().formatHex(uid);
        return system.equals("openbsd") && !digits.matches("0*") ? digits : "";
    }

    private static int checksum(ByteBuffer label, int length) {
        int sum = 0;
        for (int at = 0; at < length; at += 2) {
            sum ^= label.getShort(at);
        }
        return sum & 0xFFFF;
    }

    private ImageException damaged(String reason) {
        String where = holder.number() == 0 ? "the whole disk" : PartitionBounds.name(holder);
        return ImageException.of(
                ImageException.Kind.SOURCE,
                "Cannot use the BSD disklabel in " + where,
                reason,
                "Repair it with disklabel(8) of the guest's system.");
    }
}
