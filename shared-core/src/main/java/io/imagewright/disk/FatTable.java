package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The first of the file allocation tables, read page by page. */
final class FatTable {

    /** A multiple of all entry sizes; FAT12 counts in half bytes. */
    private static final int PAGE = 48 << 10;

    private final SparseFile file;
    private final long start;
    private final long size;
    private final int width;
    private final ByteBuffer page = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
    private long loaded = -1;

    /**
     * Opens the table.
     *
     * @param start byte of the file where the file system starts
     */
    FatTable(SparseFile file, long start, FatGeometry geometry) {
        this.file = file;
        this.start = start + (long) geometry.reserved() * geometry.sectorSize();
        this.size = geometry.fatSectors() * geometry.sectorSize();
        this.width = geometry.width();
    }

    /** What the table holds for the cluster: 0 for a free one, else the next one or an end mark. */
    long entry(long cluster) throws IOException {
        long bit = cluster * width;
        load(bit / 8 / PAGE);
        int at = (int) (bit / 8 % PAGE);
        return switch (width) {
            case 12 -> {
                int low = Byte.toUnsignedInt(page.get(at)) | Byte.toUnsignedInt(page.get(at + 1)) << 8;
                yield cluster % 2 == 0 ? low & 0xFFF : low >>> 4;
            }
            case 16 -> Short.toUnsignedInt(page.getShort(at));
            default -> page.getInt(at) & 0x0FFFFFFF;
        };
    }

    private void load(long number) throws IOException {
        if (number != loaded) {
            long offset = number * PAGE;
            page.clear().limit((int) Math.min(PAGE, size - offset));
            file.read(start + offset, page);
            page.clear();
            loaded = number;
        }
    }
}
