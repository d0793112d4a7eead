package io.imagewright.hive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The blocks that a hive file is made of: a base block, then bins, each a row of cells, whose length is negative when they are in use. The
 * format is described by the projects libyal/libregf and msuhanov/regf.
 */
final class HiveCells {

    /** Bytes of the base block, and what bins are a multiple of. */
    static final int BLOCK = 4096;

    private static final int BIN_HEADER = 32;
    private static final int MAGIC = 0x66676572;
    private static final int BIN_MAGIC = 0x6e696268;
    private static final int SEQUENCE_1 = 4;
    private static final int SEQUENCE_2 = 8;
    private static final int MAJOR = 20;
    private static final int MINOR = 24;
    private static final int BINS_SIZE = 40;
    private static final int CHECKSUM = 508;
    private static final int HIGHEST_MINOR = 6;

    private final ByteBuffer file;
    private final long end;

    /** The file is no hive, or a damaged one. */
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged(String reason) {
            super(reason);
        }
    }

    private interface Cell {
        void at(int offset, int length);
    }

    private HiveCells(ByteBuffer file) throws Damaged {
        this.file = file.order(ByteOrder.LITTLE_ENDIAN);
        require(file.capacity() >= 2 * BLOCK && file.getInt(0) == MAGIC, "it is no registry hive");
        require(
                file.getInt(MAJOR) == 1 && file.getInt(MINOR) >= 0 && file.getInt(MINOR) <= HIGHEST_MINOR,
                "it is a hive of the unknown version " + file.getInt(MAJOR) + "." + file.getInt(MINOR));
        int sum = 0;
        for (int i = 0; i < CHECKSUM; i += Integer.BYTES) {
            sum ^= file.getInt(i);
        }
        // 0 and -1 stand for a checksum that is not used
        int expected = sum == 0 ? 1 : sum == -1 ? -2 : sum;
        require(file.getInt(CHECKSUM) == expected, "the checksum of its base block is wrong");
        long bins = Integer.toUnsignedLong(file.getInt(BINS_SIZE));
        require(bins > 0 && bins % BLOCK == 0, "its base block gives a wrong length");
        require(
                bins <= file.capacity() - BLOCK,
                "it is cut off: " + (BLOCK + bins) + " bytes are needed, " + file.capacity() + " are there");
        this.end = BLOCK + bins;
    }

    /**
     * Checks that a hive holds together: that each bin lies in the file, and each cell in its bin.
     *
     * @return whether changes that were made last are in log files and not in it
     */
    static boolean check(FileChannel hive) throws IOException, Damaged {
        HiveCells cells = new HiveCells(map(hive, FileChannel.MapMode.READ_ONLY));
        cells.walk((offset, length) -> {});
        return cells.file.getInt(SEQUENCE_1) != cells.file.getInt(SEQUENCE_2);
    }

    /** Overwrites with zeros what no cell uses: deleted keys and values stay there otherwise. */
    static void wipe(FileChannel hive) throws IOException, Damaged {
        MappedByteBuffer file = map(hive, FileChannel.MapMode.READ_WRITE);
        HiveCells cells = new HiveCells(file);
        cells.walk((offset, length) -> {
            if (file.getInt(offset) > 0) {
                file.put(offset + Integer.BYTES, new byte[length - Integer.BYTES]);
            }
        });
        for (int at = (int) cells.end; at < file.capacity(); at += BLOCK) {
            file.put(at, new byte[Math.min(BLOCK, file.capacity() - at)]);
        }
    }

    private static MappedByteBuffer map(FileChannel hive, FileChannel.MapMode mode) throws IOException {
        return hive.map(mode, 0, hive.size());
    }

    private void walk(Cell each) throws Damaged {
        int bin = BLOCK;
        while (bin < end) {
            int size = file.getInt(bin + 8);
            require(
                    file.getInt(bin) == BIN_MAGIC
                            && file.getInt(bin + 4) == bin - BLOCK
                            && size > 0
                            && size % BLOCK == 0
                            && size <= end - bin,
                    "the bin at byte " + bin + " is damaged");
            int cell = bin + BIN_HEADER;
            while (cell < bin + size) {
                int marked = file.getInt(cell);
                int length = Math.abs(marked);
                require(
                        length >= 8 && length % 4 == 0 && length <= bin + size - cell,
                        "the cell at byte " + cell + " is damaged");
                each.at(cell, length);
                cell += length;
            }
            bin += size;
        }
    }

    private static void require(boolean sound, String reason) throws Damaged {
        if (!sound) {
            throw new Damaged(reason);
        }
    }
}
