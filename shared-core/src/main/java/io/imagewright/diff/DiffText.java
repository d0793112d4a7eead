package io.imagewright.diff;

import java.util.ArrayList;
import java.util.List;

import io.imagewright.progress.ByteCount;
import org.jspecify.annotations.Nullable;

/** A difference as lines for people: of what there is much, the beginning. */
final class DiffText {

    private static final int MOST_PACKAGES = 200;
    private static final int MOST_FILES = 10;

    private final List<String> lines = new ArrayList<>();

    private DiffText() {}

    static List<String> of(Difference difference) {
        DiffText text = new DiffText();
        text.lines.add("From " + difference.before() + " to " + difference.after() + ":"
                + (difference.none() ? " no difference" : ""));
        text.values("Facts", difference.facts());
        text.values("Properties", difference.properties());
        text.packages(difference.packages());
        text.files(difference.files());
        return text.lines;
    }

    private void values(String title, List<ValueChange> changes) {
        if (!changes.isEmpty()) {
            lines.add(title + ":");
            changes.forEach(change ->
                    lines.add("  " + change.name() + ": " + shown(change.before()) + " -> " + shown(change.after())));
        }
    }

    private static String shown(@Nullable String value) {
        return value == null ? "(none)" : "'" + value + "'";
    }

    private void packages(PackageChanges changes) {
        if (changes.none()) {
            return;
        }
        lines.add("Packages: " + changes.added().size() + " added, "
                + changes.removed().size() + " removed, " + changes.changed().size() + " changed");
        packages("+", changes.added());
        packages("-", changes.removed());
        packages("~", changes.changed());
    }

    private void packages(String sign, List<PackageChange> changes) {
        for (PackageChange change : changes.subList(0, Math.min(MOST_PACKAGES, changes.size()))) {
            String versions = change.before() == null
                    ? String.valueOf(change.after())
                    : change.after() == null ? change.before() : change.before() + " -> " + change.after();
            String architecture = change.architecture().isEmpty() ? "" : " " + change.architecture();
            lines.add("  " + sign + " " + change.name() + architecture + " " + versions);
        }
        more(changes.size() - MOST_PACKAGES);
    }

    private void more(int left) {
        if (left > 0) {
            lines.add("    and " + left + " more");
        }
    }

    private void files(FileChanges files) {
        if (files.all().none()) {
            return;
        }
        lines.add("Files: " + counts(files.all()));
        files.directories()
                .forEach(directory -> lines.add("  " + directory.name() + ": " + counts(directory.counts())));
        for (ChangeKind kind : ChangeKind.values()) {
            List<FileChange> largest = files.largest(kind);
            if (!largest.isEmpty()) {
                lines.add("Largest files " + kind.word() + ":");
                largest.stream().limit(MOST_FILES).forEach(change -> lines.add("  " + file(change)));
                more((int) Math.min(Integer.MAX_VALUE, files.all().of(kind).files()) - MOST_FILES);
            }
        }
    }

    private static String counts(Counts counts) {
        List<String> parts = new ArrayList<>();
        for (ChangeKind kind : ChangeKind.values()) {
            Count count = counts.of(kind);
            if (count.files() > 0) {
                parts.add(count.files() + " " + kind.word() + " (" + bytes(kind, count.bytes()) + ")");
            }
        }
        return String.join(", ", parts);
    }

    private static String file(FileChange change) {
        String what = change.what().isEmpty() ? change.type() : String.join(", ", change.what());
        return change.path() + ": " + bytes(change.kind(), change.counted()) + ", " + what;
    }

    /** Of what changed it is a difference, with its sign. */
    static String bytes(ChangeKind kind, long bytes) {
        if (kind != ChangeKind.CHANGED) {
            return ByteCount.format(bytes);
        }
        long size = Math.abs(Math.max(bytes, -Long.MAX_VALUE));
        return (bytes < 0 ? "-" : "+") + ByteCount.format(size);
    }
}
