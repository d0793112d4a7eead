package io.imagewright.diff;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.imagewright.contents.FileRecord;
import io.imagewright.contents.FileSpool;
import io.imagewright.guest.GuestPath;
import org.jspecify.annotations.Nullable;

/** Goes through the files of two images side by side. */
final class FileComparison {

    /** Directories of the root that are reported separately; the rest is reported together. */
    private static final int MOST_DIRECTORIES = 500;

    private static final String OTHERS = "(others)";

    private Counts all = Counts.NONE;
    private final SortedMap<String, Counts> directories = new TreeMap<>();
    private final Map<ChangeKind, Largest> largest = new EnumMap<>(ChangeKind.class);

    private FileComparison() {}

    /** Compares two lists in path order. */
    static FileChanges of(FileSpool.Reader old, FileSpool.Reader fresh) throws IOException {
        FileComparison comparison = new FileComparison();
        FileRecord before = old.next().orElse(null);
        FileRecord after = fresh.next().orElse(null);
        while (before != null || after != null) {
            int order = order(before, after);
            if (before != null && order < 0) {
                comparison.add(before, FileChange.removed(before));
            } else if (after != null && order > 0) {
                comparison.add(after, FileChange.added(after));
            } else if (before != null && after != null) {
                comparison.add(after, FileChange.between(before, after));
            }
            before = order <= 0 ? old.next().orElse(null) : before;
            after = order >= 0 ? fresh.next().orElse(null) : after;
        }
        return comparison.result();
    }

    private static int order(@Nullable FileRecord before, @Nullable FileRecord after) {
        if (before == null || after == null) {
            return before == null ? 1 : -1;
        }
        return before.path().compareTo(after.path());
    }

    private void add(FileRecord file, @Nullable FileChange change) {
        if (change == null) {
            return;
        }
        long bytes = change.counted();
        all = all.plus(change.kind(), bytes);
        String directory = directory(file.path());
        boolean known = directories.containsKey(directory) || directories.size() < MOST_DIRECTORIES;
        directories.merge(
                known ? directory : OTHERS,
                Counts.NONE.plus(change.kind(), bytes),
                (counts, one) -> counts.plus(change.kind(), bytes));
        largest.computeIfAbsent(change.kind(), kind -> new Largest()).add(change);
    }

    private static String directory(GuestPath path) {
        return path.depth() < 2
                ? "/"
                : Shown.text(GuestPath.ROOT.child(path.nameBytes(0)).toString());
    }

    private FileChanges result() {
        List<FileChanges.Directory> named = directories.entrySet().stream()
                .map(entry -> new FileChanges.Directory(entry.getKey(), entry.getValue()))
                .toList();
        // an EnumMap is in the order of the kinds
        List<FileChange> changes =
                largest.values().stream().flatMap(kept -> kept.list().stream()).toList();
        return new FileChanges(all, named, changes);
    }
}
