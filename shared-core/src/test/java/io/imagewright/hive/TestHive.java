package io.imagewright.hive;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Hives for tests: an empty one, byte by byte, which libhivex fills. */
public final class TestHive {

    private static final long TIME = 0x01d0_0000_0000_0000L;
    private static final int ROOT = 0x20;
    private static final int SECURITY = 0x78;
    private static final int FREE = 0xa8;

    private TestHive() {}

    /** A hive with nothing but its root key. */
    public static byte[] empty() {
        ByteBuffer hive = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
        hive.put(ascii("regf"))
                .putInt(1)
                .putInt(1)
                .putLong(TIME)
                .putInt(1)
                .putInt(3)
                .putInt(0)
                .putInt(1);
        hive.putInt(ROOT).putInt(4096).putInt(1);
        hive.position(4096).put(ascii("hbin")).putInt(0).putInt(4096);
        // the root's node: flags of a root with a short name, no keys, no values
        hive.position(4096 + ROOT)
                .putInt(ROOT - SECURITY)
                .put(ascii("nk"))
                .putShort((short) 0x2c)
                .putLong(TIME);
        hive.putInt(0)
                .putInt(-1)
                .putInt(0)
                .putInt(0)
                .putInt(-1)
                .putInt(-1)
                .putInt(0)
                .putInt(-1);
        hive.putInt(SECURITY)
                .putInt(-1)
                .position(4096 + ROOT + 0x4c)
                .putShort((short) 4)
                .putShort((short) 0);
        hive.position(4096 + ROOT + 0x50).put(ascii("ROOT"));
        hive.position(4096 + SECURITY).putInt(SECURITY - FREE).put(ascii("sk")).putShort((short) 0);
        hive.putInt(SECURITY).putInt(SECURITY).putInt(1).putInt(20);
        hive.put((byte) 1).put((byte) 0).putShort((short) 0x8000);
        hive.position(4096 + FREE).putInt(4096 - FREE);
        return withChecksum(hive.array());
    }

    /** A hive with these edits. */
    public static byte[] of(HiveEdit... edits) {
        return edited(empty(), edits);
    }

    /** The hive with these edits. */
    public static byte[] edited(byte[] hive, HiveEdit... edits) {
        try (Hive opened = open(hive)) {
            for (HiveEdit edit : edits) {
                opened.apply(edit);
            }
            try (MemoryFile saved = opened.save()) {
                byte[] bytes = new byte[(int) saved.size()];
                saved.read(0, bytes);
                return bytes;
            }
        }
    }

    public static Hive open(byte[] hive) {
        return Hive.open(new ByteArrayInputStream(hive), hive.length, "TEST");
    }

    /** The edit that sets a value, for short. */
    public static HiveEdit set(String key, HiveValue value) {
        return new HiveEdit.SetValue(key, value);
    }

    /** The hive as if Windows had been switched off. */
    public static byte[] dirty(byte[] hive) {
        byte[] copy = hive.clone();
        copy[4]++;
        return withChecksum(copy);
    }

    static byte[] withChecksum(byte[] hive) {
        ByteBuffer buffer = ByteBuffer.wrap(hive).order(ByteOrder.LITTLE_ENDIAN);
        int sum = 0;
        for (int i = 0; i < 508; i += 4) {
            sum ^= buffer.getInt(i);
        }
        buffer.putInt(508, sum);
        return hive;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
