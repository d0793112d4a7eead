package io.imagewright.sysprep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;

/** Adds up what the changes of one operation take away. */
final class RemovedFiles {

    private long files;
    private long bytes;

    /** Bytes by the directory that held the files. */
    private final Map<GuestPath, Long> directories = new HashMap<>();

    /** Counts a change of a guest that it has not happened to yet. */
    void count(GuestTree guest, Change change) {
        if (change instanceof Change.DeleteTree tree
                && guest.stat(tree.path()).filter(FileStat::isDirectory).isPresent()) {
            guest.walk(tree.path()).forEach(entry -> add(entry, 0));
        } else if (change instanceof Change.Truncate truncate) {
            entry(guest, change.path())
                    .filter(entry -> entry.stat().isRegular() && entry.stat().size() > truncate.size())
                    .ifPresent(entry -> add(entry, truncate.size()));
        } else if (change instanceof Change.Delete
                || change instanceof Change.DeleteTree
                || change instanceof Change.Scrub) {
            entry(guest, change.path()).ifPresent(entry -> add(entry, 0));
        }
    }

    private static Optional<Entry> entry(GuestTree guest, GuestPath path) {
        return guest.stat(path).map(stat -> new Entry(path, stat));
    }

    private void add(Entry entry, long kept) {
        if (entry.stat().isDirectory()) {
            return;
        }
        long content = entry.stat().isRegular() ? Math.max(0, entry.stat().size() - kept) : 0;
        files++;
        bytes += content;
        entry.path().parent().ifPresent(directory -> directories.merge(directory, content, Long::sum));
    }

    /** What was counted, the guest having become this. */
    Removed in(GuestTree prepared) {
        Map<GuestPath, Long> places = new HashMap<>();
        Map<GuestPath, GuestPath> known = new HashMap<>();
        directories.forEach(
                (directory, content) -> places.merge(remaining(prepared, directory, known), content, Long::sum));
        return new Removed(
                files,
                bytes,
                places.entrySet().stream()
                        .sorted(Comparator.comparingLong((Map.Entry<GuestPath, Long> place) -> -place.getValue())
                                .thenComparing(Map.Entry::getKey))
                        .limit(Removed.MAX_PLACES)
                        .map(place -> place.getKey().toString())
                        .toList());
    }

    /** The directory, or the one above it that is still there. */
    private static GuestPath remaining(GuestTree prepared, GuestPath directory, Map<GuestPath, GuestPath> known) {
        List<GuestPath> gone = new ArrayList<>();
        GuestPath at = directory;
        while (!known.containsKey(at)
                && at.depth() > 0
                && prepared.stat(at).filter(FileStat::isDirectory).isEmpty()) {
            gone.add(at);
            at = at.parent().orElse(GuestPath.ROOT);
        }
        GuestPath found = known.getOrDefault(at, at);
        known.put(at, found);
        gone.forEach(path -> known.put(path, found));
        return found;
    }
}
