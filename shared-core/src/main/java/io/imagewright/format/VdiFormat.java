package io.imagewright.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SortedMap;
import java.util.UUID;

import io.imagewright.disk.SparseFile;

/** {@code vdi}: VirtualBox's. */
final class VdiFormat extends QemuFormat {

    VdiFormat() {
        super("vdi");
    }

    @Override
    ConvertedFormat conversion(SortedMap<String, String> options) {
        return new Conversion();
    }

    private record Conversion() implements ConvertedFormat {

        /** Of the image and of its last snapshot; qemu, block/vdi.c, VdiHeader. */
        private static final long[] IDS = {0x188, 0x198};

        @Override
        public String driver() {
            return "vdi";
        }

        @Override
        public String createOptions() {
            return "";
        }

        @Override
        public void pin(SparseFile file, UUID id) throws IOException {
            long most = id.getMostSignificantBits();
            for (long offset : IDS) {
                // the first three fields of a UUID are little-endian there
                ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                bytes.putInt((int) (most >>> 32))
                        .putShort((short) (most >>> 16))
                        .putShort((short) most);
                bytes.order(ByteOrder.BIG_ENDIAN).putLong(id.getLeastSignificantBits());
                file.write(offset, bytes.flip());
            }
        }
    }
}
