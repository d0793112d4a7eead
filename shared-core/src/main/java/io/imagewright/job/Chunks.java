package io.imagewright.job;

import java.util.ArrayList;
import java.util.List;

import io.imagewright.disk.Extent;

/**
 * The units in which a source is read whole. Where a file has holes is chance (a copy of it may have none), and must not show in what is
 * made of it.
 */
final class Chunks {

    /** Bytes; no file system has holes that end elsewhere than at multiples of a block far smaller. */
    static final int SIZE = 64 << 10;

    private Chunks() {}

    /**
     * The chunks, from the start of a range, that extents of it touch.
     *
     * @param extents in order, relative to the range
     * @param length bytes of the range; its last chunk may be shorter
     */
    static List<Extent> covering(List<Extent> extents, long length) {
        List<Extent> covering = new ArrayList<>();
        long start = 0;
        long end = 0;
        for (Extent extent : extents) {
            long first = extent.offset() / SIZE * SIZE;
            if (first > end) {
                add(covering, start, end);
                start = first;
            }
            end = Math.min((extent.end() + SIZE - 1) / SIZE * SIZE, length);
        }
        add(covering, start, end);
        return covering;
    }

    private static void add(List<Extent> covering, long start, long end) {
        if (end > start) {
            covering.add(new Extent(start, end - start));
        }
    }
}
