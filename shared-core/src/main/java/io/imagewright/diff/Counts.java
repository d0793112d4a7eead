package io.imagewright.diff;

/** Files by what became of them. */
public record Counts(Count added, Count removed, Count changed, Count touched) {

    /** Of no file. */
    static final Counts NONE = new Counts(Count.NONE, Count.NONE, Count.NONE, Count.NONE);

    Count of(ChangeKind kind) {
        return switch (kind) {
            case ADDED -> added;
            case REMOVED -> removed;
            case CHANGED -> changed;
            case TOUCHED -> touched;
        };
    }

    Counts plus(ChangeKind kind, long bytes) {
        return switch (kind) {
            case ADDED -> new Counts(added.plus(bytes), removed, changed, touched);
            case REMOVED -> new Counts(added, removed.plus(bytes), changed, touched);
            case CHANGED -> new Counts(added, removed, changed.plus(bytes), touched);
            case TOUCHED -> new Counts(added, removed, changed, touched.plus(bytes));
        };
    }

    boolean none() {
        return equals(NONE);
    }
}
