package io.imagewright.diff;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the largest of many changes. */
final class Largest {

    /** How many are kept. */
    static final int KEPT = 50;

    /** The largest last; of two that are as large, the one whose path comes first. */
    private static final Comparator<FileChange> ORDER = Comparator.<FileChange>comparingLong(
                    change -> Math.abs(Math.max(change.counted(), -Long.MAX_VALUE)))
            .thenComparing(FileChange::path, Comparator.reverseOrder());

    private final PriorityQueue<FileChange> kept = new PriorityQueue<>(ORDER);

    void add(FileChange change) {
        kept.add(change);
        if (kept.size() > KEPT) {
            kept.remove();
        }
    }

    /** The largest first. */
    List<FileChange> list() {
        return kept.stream().sorted(ORDER.reversed()).toList();
    }
}
