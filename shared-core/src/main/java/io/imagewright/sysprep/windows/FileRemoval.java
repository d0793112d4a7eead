package io.imagewright.sysprep.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.inspect.WindowsSystem;
import io.imagewright.sysprep.OperationContext;

/**
 * An operation that does nothing but delete files. Names are found in any case; links and junctions are neither followed nor, where a directory
 * is meant, deleted: they may lead anywhere.
 */
interface FileRemoval extends WindowsOperation {

    /** Patterns from the top of the system volume, {@code Windows} standing for the system's directory; {@code *} is any part of a name. */
    List<String> patterns();

    @Override
    default Phase phase() {
        return Phase.CLEAN;
    }

    @Override
    default String effect() {
        return patterns().stream()
                .map(pattern -> "`\\" + pattern.replace('/', '\\') + "`")
                .collect(Collectors.joining(", ", "Offline: deletes ", "."));
    }

    @Override
    default List<Change> plan(OperationContext context, WindowsSystem system) {
        SortedSet<GuestPath> found = new TreeSet<>();
        for (String pattern : patterns()) {
            found.addAll(matching(context.guest(), system, pattern));
        }
        return found.stream().<Change>map(Change.DeleteTree::new).toList();
    }

    private static List<GuestPath> matching(GuestTree tree, WindowsSystem system, String pattern) {
        List<GuestPath> at = List.of(GuestPath.ROOT);
        List<String> parts = List.of(pattern.split("/", -1));
        for (int i = 0; i < parts.size(); i++) {
            String part = i == 0 && parts.get(0).equals("Windows")
                    ? system.directory().name()
                    : parts.get(i);
            boolean last = i == parts.size() - 1;
            List<GuestPath> next = new ArrayList<>();
            for (GuestPath directory : at) {
                named(tree, directory, part).stream()
                        .filter(entry -> last || entry.stat().isDirectory())
                        .forEach(entry -> next.add(entry.path()));
            }
            at = next;
        }
        return at;
    }

    private static List<Entry> named(GuestTree tree, GuestPath directory, String part) {
        Optional<FileStat> exact = part.contains("*") ? Optional.empty() : tree.stat(directory.child(part));
        if (exact.isPresent()) {
            return List.of(new Entry(directory.child(part), exact.get()));
        }
        String[] literal = part.split("\\*", -1);
        Pattern name = Pattern.compile(
                List.of(literal).stream().map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
        return tree.list(directory).stream()
                .filter(entry -> name.matcher(entry.path().name()).matches())
                .toList();
    }
}
