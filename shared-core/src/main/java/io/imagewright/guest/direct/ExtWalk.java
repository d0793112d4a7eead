package io.imagewright.guest.direct;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;

import io.imagewright.error.ImageException;
import io.imagewright.guest.GuestPath;

/** Goes through a tree in path order, with limits on its size and depth. */
final class ExtWalk {

    /** Directories inside each other before a tree is taken for hostile; PATH_MAX of Linux allows no more. */
    static final int MAX_DEPTH = 2048;

    /** Files of a tree before it is taken for hostile; a million is a lot for an operating system. */
    static final int MAX_FILES = 4_000_000;

    /** A file where it was found. */
    record Found(GuestPath path, ExtTree.Place place, Inode inode) {}

    private ExtWalk() {}

    /**
     * Passes on all that is below a directory, links not followed.
     *
     * @throws ImageException SOURCE when there is no end of it
     */
    static void below(ExtTree tree, GuestPath canonical, Consumer<Found> files) {
        Set<ExtTree.Place> entered = new HashSet<>();
        Deque<Map.Entry<GuestPath, ExtTree.Place>> pending = new ArrayDeque<>();
        push(pending, tree.children(canonical));
        int count = 0;
        while (!pending.isEmpty()) {
            Map.Entry<GuestPath, ExtTree.Place> next = pending.pop();
            Found file =
                    new Found(next.getKey(), next.getValue(), next.getValue().read());
            files.accept(file);
            count++;
            if (count > MAX_FILES) {
                throw endless(canonical, "it has more than " + MAX_FILES + " files");
            }
            if (file.inode().stat().isDirectory()) {
                if (file.path().depth() > MAX_DEPTH) {
                    throw endless(canonical, "directories are more than " + MAX_DEPTH + " deep");
                }
                if (!entered.add(file.place())) {
                    throw endless(canonical, "the directory " + file.path() + " has another name, which none can have");
                }
                push(pending, tree.children(file.path()));
            }
        }
    }

    private static void push(
            Deque<Map.Entry<GuestPath, ExtTree.Place>> pending, SortedMap<GuestPath, ExtTree.Place> children) {
        children.entrySet().stream()
                .sorted(Map.Entry.<GuestPath, ExtTree.Place>comparingByKey().reversed())
                .forEach(pending::push);
    }

    private static ImageException endless(GuestPath directory, String reason) {
        return ImageException.of(
                ImageException.Kind.SOURCE,
                "Cannot walk " + directory + " of the guest",
                reason,
                "Check the file system with e2fsck on a copy of the medium; if it is sound, remove that tree in the guest.");
    }
}
