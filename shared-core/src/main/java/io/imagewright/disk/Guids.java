package io.imagewright.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/** GUIDs as a GPT stores them: the first three fields little-endian (UEFI specification, appendix A). */
final class Guids {

    static final UUID NONE = new UUID(0, 0);

    private Guids() {}

    static UUID get(ByteBuffer buffer, int at) {
        ByteBuffer little = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer big = buffer.duplicate().order(ByteOrder.BIG_ENDIAN);
        long high = Integer.toUnsignedLong(little.getInt(at)) << 32
                | Short.toUnsignedLong(little.getShort(at + 4)) << 16
                | Short.toUnsignedLong(little.getShort(at + 6));
        return new UUID(high, big.getLong(at + 8));
    }

    static void put(ByteBuffer buffer, int at, UUID guid) {
        ByteBuffer little = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer big = buffer.duplicate().order(ByteOrder.BIG_ENDIAN);
        long high = guid.getMostSignificantBits();
        little.putInt(at, (int) (high >>> 32));
        little.putShort(at + 4, (short) (high >>> 16));
        little.putShort(at + 6, (short) high);
        big.putLong(at + 8, guid.getLeastSignificantBits());
    }
}
