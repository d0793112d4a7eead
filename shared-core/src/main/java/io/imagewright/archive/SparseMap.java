package io.imagewright.archive;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.imagewright.disk.Piece;

/**
 * The data of a file with holes, in the form 1.0 of GNU tar: decimal numbers, a line each, of the runs and of offset and length of each, in blocks in
 * front of the data. Source: GNU tar's manual, "PAX Format, Version 1.0".
 */
final class SparseMap {

    /** Bytes of holes that are worth it. */
    private static final long WORTH = 64 << 10;

    private SparseMap() {}

    /** Whether a file is better kept by its data alone. */
    static boolean isWorth(long size, List<Piece> data) {
        return size - data.stream().mapToLong(Piece::length).sum() >= WORTH;
    }

    /** Padded to whole blocks. A last run of no length marks the end of the file. */
    static byte[] of(long size, List<Piece> data) {
        StringBuilder text = new StringBuilder();
        text.append(data.size() + 1).append('\n');
        data.forEach(piece ->
                text.append(piece.offset()).append('\n').append(piece.length()).append('\n'));
        text.append(size).append('\n').append(0).append('\n');
        int length = (text.length() + TarHeader.BLOCK - 1) / TarHeader.BLOCK * TarHeader.BLOCK;
        byte[] blocks = new byte[length];
        byte[] digits = text.toString().getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, blocks, 0, digits.length);
        return blocks;
    }
}
