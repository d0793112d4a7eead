package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HexFormat;

/** Writes BSD disklabels, as no program here writes what each BSD has of its own in it. Sectors have 512 bytes. */
public final class TestBsdLabel {

    /** Of a slot: swap. */
    public static final int SWAP = 1;

    /** Of a slot: a file system of BSD. */
    public static final int FFS = 7;

    /** Of a slot: FAT. */
    public static final int FAT = 8;

    static final int SECTOR = 512;
    static final int CHECKSUM_AT = 136;
    static final int COUNT_AT = 138;
    private static final int MAGIC = 0x82564557;
    private static final int SLOTS_AT = 148;

    private final ByteBuffer label = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
    private int count;

    /** A label without slots. */
    public TestBsdLabel() {
        label.putInt(0, MAGIC).putInt(132, MAGIC).putInt(40, SECTOR);
    }

    /** What OpenBSD alone has: its DUID, and sector numbers of 48 bits. */
    public TestBsdLabel openBsd(String uid) {
        label.put(64, HexFormat.of().parseHex(uid)).putShort(114, (short) 1);
        return this;
    }

    /** A partition, by its sectors. */
    public TestBsdLabel slot(char letter, int type, long start, long sectors) {
        int at = SLOTS_AT + (letter - 'a') * 16;
        label.putInt(at, (int) sectors).putInt(at + 4, (int) start).put(at + 12, (byte) type);
        if (label.getShort(114) != 0) {
            label.putShort(at + 8, (short) (start >> 32)).putShort(at + 10, (short) (sectors >> 32));
        }
        count = Math.max(count, letter - 'a' + 1);
        return this;
    }

    /** Says that there are so many slots. */
    TestBsdLabel count(int number) {
        count = number;
        return this;
    }

    TestBsdLabel sectorSize(int bytes) {
        label.putInt(40, bytes);
        return this;
    }

    byte[] bytes() {
        label.putShort(COUNT_AT, (short) count).putShort(CHECKSUM_AT, (short) 0);
        int sum = 0;
        for (int at = 0; at < Math.min(SLOTS_AT + count * 16, label.capacity()); at += 2) {
            sum ^= label.getShort(at);
        }
        return label.putShort(CHECKSUM_AT, (short) sum).array().clone();
    }

    /** Writes it into the partition that begins at this sector. */
    public void write(Path disk, long partition) throws IOException {
        try (SparseFile file = SparseFile.openWrite(disk)) {
            file.write((partition + 1) * SECTOR, ByteBuffer.wrap(bytes(), 0, SECTOR));
        }
    }
}
