package io.imagewright.sysprep.unix;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/**
 * Files that an operation takes out of a guest: those that patterns match, directories with all that they hold. What lies in a
 * directory that leads into the system by a link is left, see {@link Places}. Immutable.
 *
 * @param patterns as {@link Glob} has them, relative to the root
 * @param kept patterns of matches that stay
 * @param filesOnly whether matches that are no regular files stay
 * @param manner how
 */
public record Removal(List<String> patterns, List<String> kept, boolean filesOnly, Manner manner) {

    /** How files are taken out. */
    public enum Manner {
        /** Deleted. */
        DELETE("Deletes"),
        /** Overwritten with zeros and deleted: for secrets. */
        SCRUB("Overwrites and deletes"),
        /** Kept without content: for files that a program does not create again. */
        EMPTY("Empties");

        private final String word;

        Manner(String word) {
            this.word = word;
        }
    }

    /** Copies the lists. */
    public Removal {
        patterns = List.copyOf(patterns);
        kept = List.copyOf(kept);
    }

    /** Deletes what these patterns match. */
    public static Removal of(String... patterns) {
        return new Removal(List.of(patterns), List.of(), false, Manner.DELETE);
    }

    /** The same without what these patterns match. */
    public Removal except(String... staying) {
        return new Removal(patterns, List.of(staying), filesOnly, manner);
    }

    /** The same for regular files only. */
    public Removal onlyFiles() {
        return new Removal(patterns, kept, true, manner);
    }

    /** The same with secrets overwritten. */
    public Removal scrubbed() {
        return new Removal(patterns, kept, filesOnly, Manner.SCRUB);
    }

    /** The regular files stay, empty. */
    public Removal emptied() {
        return new Removal(patterns, kept, true, Manner.EMPTY);
    }

    /** The changes to this guest. */
    public List<Change> plan(OperationContext context) {
        SortedMap<GuestPath, Entry> found = matching(context, patterns);
        found.keySet().removeAll(matching(context, kept).keySet());
        if (filesOnly) {
            found.values().removeIf(entry -> !entry.stat().isRegular());
        }
        return switch (manner) {
            case DELETE -> trees(new TreeSet<>(found.keySet()));
            case SCRUB -> scrub(context, found.values());
            case EMPTY ->
                found.values().stream()
                        .filter(entry -> entry.stat().size() > 0)
                        .<Change>map(entry -> new Change.Truncate(entry.path(), 0))
                        .toList();
        };
    }

    /** The same for people, in Markdown. */
    public String effect() {
        return manner.word
                + (filesOnly && manner != Manner.EMPTY ? " the regular files " : " ")
                + quoted(patterns)
                + (kept.isEmpty() ? "" : ", but not " + quoted(kept))
                + ".";
    }

    /** Deletes these files and directories, each once where they lie in each other. */
    static List<Change> trees(SortedSet<GuestPath> paths) {
        return paths.stream()
                .filter(path ->
                        path.parent().filter(parent -> isInOneOf(paths, parent)).isEmpty())
                .<Change>map(Change.DeleteTree::new)
                .toList();
    }

    /** Whether this is one of the paths or lies below one. */
    static boolean isInOneOf(Collection<GuestPath> tops, GuestPath path) {
        return tops.contains(path)
                || path.parent().filter(parent -> isInOneOf(tops, parent)).isPresent();
    }

    private static List<Change> scrub(OperationContext context, Collection<Entry> found) {
        SortedMap<GuestPath, Entry> files = new TreeMap<>();
        SortedSet<GuestPath> others = new TreeSet<>();
        for (Entry entry : found) {
            if (!entry.stat().isRegular()) {
                others.add(entry.path());
            }
            Stream<Entry> below =
                    entry.stat().isDirectory() ? context.guest().walk(entry.path()).stream() : Stream.empty();
            Stream.concat(Stream.of(entry), below)
                    .filter(file -> file.stat().isRegular())
                    .forEach(file -> files.put(file.path(), file));
        }
        List<Change> changes = new ArrayList<>(SecretFiles.remove(context, files.values()));
        changes.addAll(trees(others));
        return changes;
    }

    private static SortedMap<GuestPath, Entry> matching(OperationContext context, List<String> patterns) {
        SortedMap<GuestPath, Entry> found = new TreeMap<>();
        for (String pattern : patterns) {
            new Glob(pattern).toClean(context, GuestPath.ROOT).forEach(entry -> found.put(entry.path(), entry));
        }
        return found;
    }

    private static String quoted(List<String> patterns) {
        return patterns.stream().map(pattern -> "`/" + pattern + "`").collect(Collectors.joining(", "));
    }
}
