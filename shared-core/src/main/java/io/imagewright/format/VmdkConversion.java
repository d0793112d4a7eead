package io.imagewright.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

import io.imagewright.disk.SparseFile;

/**
 * Writes VMware's format, where the id of the content is in a text.
 *
 * @param subformat qemu's and VMware's name
 */
record VmdkConversion(String subformat) implements ConvertedFormat {

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
        byte[] pinned = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), descriptor.capacity());
        file.write(offset, ByteBuffer.wrap(pinned));
    }
}
