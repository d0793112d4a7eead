package io.imagewright.disk;

import java.util.Comparator;
import java.util.List;

/**
 * A finished disk, put together from pieces; what no piece covers is zeros.
 *
 * @param size bytes of the whole disk
 * @param pieces in order of offset, not overlapping, none behind {@code size}
 */
public record DiskLayout(long size, List<Piece> pieces) {

    /** Sorts and checks. */
    public DiskLayout {
        pieces = pieces.stream().sorted(Comparator.comparingLong(Piece::offset)).toList();
        long end = 0;
        for (Piece piece : pieces) {
            if (piece.offset() < end || piece.length() < 0) {
                throw new IllegalArgumentException("pieces overlap at byte " + piece.offset());
            }
            end = piece.offset() + piece.length();
        }
        if (end > size) {
            throw new IllegalArgumentException("a piece ends at byte " + end + ", behind the disk of " + size);
        }
    }
}
