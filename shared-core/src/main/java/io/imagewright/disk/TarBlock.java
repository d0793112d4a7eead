package io.imagewright.disk;

import org.apache.commons.compress.archivers.tar.TarUtils;

/** Recognises a tar, of which old ones have no magic number. */
public final class TarBlock {

    /** Bytes of a block. */
    public static final int SIZE = 512;

    private TarBlock() {}

    /** Whether a file's first block is the header of a tar's member, by its checksum. */
    public static boolean isHeader(byte[] block) {
        try {
            return block.length == SIZE && TarUtils.verifyCheckSum(block);
        } catch (IllegalArgumentException noNumber) {
            return false;
        }
    }
}
