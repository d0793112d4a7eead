package io.imagewright.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.imagewright.contents.FileRecord;
import io.imagewright.guest.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * A file that differs.
 *
 * @param path as it is shown
 * @param kind what became of it
 * @param type {@code regular}, {@code directory}, {@code symlink} and so on; the new one where it differs
 * @param before bytes of a regular file; null when there was none
 * @param after bytes of a regular file; null when there is none
 * @param what of it differs: {@code type}, {@code mode}, {@code owner}, {@code size}, {@code target}, {@code time}; nothing of what came or went
 */
public record FileChange(
        String path,
        ChangeKind kind,
        String type,
        @JsonProperty("old") @Nullable Long before,
        @JsonProperty("new") @Nullable Long after,
        List<String> what) {

    /** Copies the list. */
    public FileChange {
        what = List.copyOf(what);
    }

    static FileChange added(FileRecord file) {
        return new FileChange(path(file), ChangeKind.ADDED, type(file), null, bytes(file), List.of());
    }

    static FileChange removed(FileRecord file) {
        return new FileChange(path(file), ChangeKind.REMOVED, type(file), bytes(file), null, List.of());
    }

    /** What differs between two files of one path; null when nothing does. */
    static @Nullable FileChange between(FileRecord old, FileRecord fresh) {
        FileStat before = old.stat();
        FileStat after = fresh.stat();
        List<String> what = new ArrayList<>();
        if (before.type() != after.type()) {
            what.add("type");
        }
        if (before.permissions() != after.permissions()) {
            what.add("mode");
        }
        if (before.owner() != after.owner() || before.group() != after.group()) {
            what.add("owner");
        }
        boolean regular = before.isRegular() && after.isRegular();
        if (regular && before.size() != after.size()) {
            what.add("size");
        }
        if (!old.target().equals(fresh.target())) {
            what.add("target");
        }
        boolean changed = !what.isEmpty();
        if (regular && before.modified() != after.modified()) {
            what.add("time");
        }
        return what.isEmpty()
                ? null
                : new FileChange(
                        path(fresh),
                        changed ? ChangeKind.CHANGED : ChangeKind.TOUCHED,
                        type(fresh),
                        bytes(old),
                        bytes(fresh),
                        what);
    }

    /** How much it counts, see {@link Count#bytes}. */
    long counted() {
        long old = before == null ? 0 : before;
        long fresh = after == null ? 0 : after;
        return switch (kind) {
            case ADDED, TOUCHED -> fresh;
            case REMOVED -> old;
            case CHANGED -> fresh - old;
        };
    }

    private static @Nullable Long bytes(FileRecord file) {
        return file.stat().isRegular() ? Math.max(0, file.stat().size()) : null;
    }

    private static String type(FileRecord file) {
        return file.stat().type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String path(FileRecord file) {
        return Shown.text(file.path().toString());
    }
}
