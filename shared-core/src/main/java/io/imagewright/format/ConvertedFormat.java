package io.imagewright.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import io.imagewright.disk.SparseFile;

/** A format that qemu-img writes, and what is pinned in its file afterwards: ids and times that it makes up. */
sealed interface ConvertedFormat {

    /** Qemu's name of the format. */
    String driver();

    /** For {@code -o} of qemu-img; empty for none. */
    String createOptions();

    /**
     * Replaces what differs from run to run.
     *
     * @param id instead of those that were made up
     */
    void pin(SparseFile file, UUID id) throws IOException;

    /** The id of an image with this file name: the same for each build of the same name and version, another for others. */
    static UUID id(String fileName) {
        return UUID.nameUUIDFromBytes(("io.imagewright " + fileName).getBytes(StandardCharsets.UTF_8));
    }

    /** VMware's; the id of the content is in a text. */
    record Vmdk(String subformat) implements ConvertedFormat {

        /** In the header, in sectors: Virtual Disk Format 1.1, "Hosted Sparse Extents". */
        private static final int DESCRIPTOR_OFFSET = 28;

        private static final int SECTOR = 512;

        /** Sectors; qemu gives it 20. */
        private static final long LARGEST = 1024;

        @Override
        public String driver() {
            return "vmdk";
        }

        @Override
        public String createOptions() {
            // what is imported elsewhere gets the controller that its descriptor names; others are for old machines
            return "subformat=" + subformat
                    + (subformat.equals("streamOptimized") ? ",adapter_type=lsilogic,compat6=on" : "");
        }

        @Override
        public void pin(SparseFile file, UUID id) throws IOException {
            ByteBuffer header = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
            file.read(0, header);
            long offset = header.getLong(DESCRIPTOR_OFFSET) * SECTOR;
            long sectors = header.getLong(DESCRIPTOR_OFFSET + Long.BYTES);
            if (sectors < 1 || sectors > LARGEST) {
                throw new IOException("qemu-img wrote a vmdk with a descriptor of " + sectors + " sectors");
            }
            ByteBuffer descriptor = ByteBuffer.allocate((int) sectors * SECTOR);
            file.read(offset, descriptor);
            String text = new String(descriptor.array(), StandardCharsets.UTF_8);
            text = text.substring(0, Math.max(0, text.indexOf('\0')))
                    .replaceFirst("(?m)^CID=[0-9a-f]+$", String.format("CID=%08x", (int) id.getMostSignificantBits()));
            byte[] pinned = java.util.Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), descriptor.capacity());
            file.write(offset, ByteBuffer.wrap(pinned));
        }
    }

    /** VirtualBox's. */
    record Vdi() implements ConvertedFormat {

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

    /** Hyper-V's first, which grows. */
    record DynamicVhd() implements ConvertedFormat {

        @Override
        public String driver() {
            return "vpc";
        }

        @Override
        public String createOptions() {
            return "subformat=dynamic,force_size=on";
        }

        @Override
        public void pin(SparseFile file, UUID id) throws IOException {
            ByteBuffer footer = ByteBuffer.allocate(VhdOutputFooter.SIZE);
            file.read(0, footer);
            byte[] pinned = VhdOutputFooter.pinned(footer.array(), id);
            file.write(0, ByteBuffer.wrap(pinned));
            file.write(file.size() - VhdOutputFooter.SIZE, ByteBuffer.wrap(pinned));
        }
    }

    /** Hyper-V's second. Its ids are protected by checksums in many places: it is the one format whose bytes differ from run to run. */
    record Vhdx() implements ConvertedFormat {

        @Override
        public String driver() {
            return "vhdx";
        }

        @Override
        public String createOptions() {
            return "subformat=dynamic";
        }

        @Override
        public void pin(SparseFile file, UUID id) {}
    }
}
