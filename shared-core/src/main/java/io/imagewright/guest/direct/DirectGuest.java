package io.imagewright.guest.direct;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.FileContent;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;

/** A guest made of ext2/3/4 file systems, one mounted in the other. Not thread-safe. */
final class DirectGuest implements Guest {

    /** Directories inside each other before a tree is taken for hostile; PATH_MAX of Linux allows no more. */
    static final int MAX_DEPTH = 2048;

    /** Files of a tree before it is taken for hostile; a million is a lot for an operating system. */
    static final int MAX_FILES = 4_000_000;

    private final ExtTree tree;
    private final ChangeApplier applier;

    DirectGuest(Map<GuestPath, ExtFileSystem> mounts) {
        this.tree = new ExtTree(mounts);
        this.applier = new ChangeApplier(tree);
    }

    @Override
    public Optional<FileStat> stat(GuestPath path) {
        return tree.find(path, false).map(place -> place.read().stat());
    }

    @Override
    public Optional<GuestPath> resolve(GuestPath path) {
        return tree.resolve(path, true);
    }

    @Override
    public List<Entry> list(GuestPath directory) {
        List<Entry> entries = new ArrayList<>();
        resolve(directory)
                .ifPresent(canonical -> tree.children(canonical)
                        .forEach((path, place) ->
                                entries.add(new Entry(path, place.read().stat()))));
        return entries;
    }

    @Override
    public List<Entry> walk(GuestPath directory) {
        List<Entry> found = new ArrayList<>();
        Set<ExtTree.Place> entered = new HashSet<>();
        Deque<Entry> pending = new ArrayDeque<>();
        push(pending, list(directory));
        while (!pending.isEmpty()) {
            Entry entry = pending.pop();
            found.add(entry);
            if (found.size() > MAX_FILES) {
                throw endless(directory, "it has more than " + MAX_FILES + " files");
            }
            if (entry.stat().isDirectory()) {
                if (entry.path().depth() > MAX_DEPTH) {
                    throw endless(directory, "directories are more than " + MAX_DEPTH + " deep");
                }
                if (!entered.add(tree.place(entry.path()).orElseThrow())) {
                    throw endless(
                            directory, "the directory " + entry.path() + " has another name, which none can have");
                }
                push(pending, list(entry.path()));
            }
        }
        return found;
    }

    private static ImageException endless(GuestPath directory, String why) {
        return ImageException.of(
                ImageException.Kind.SOURCE,
                "Cannot walk " + directory + " of the guest",
                why,
                "Check the file system with e2fsck on a copy of the medium; if it is sound, remove that tree in the guest.");
    }

    private static void push(Deque<Entry> pending, List<Entry> entries) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            pending.push(entries.get(i));
        }
    }

    @Override
    public Map<GuestPath, Bytes> read(Collection<GuestPath> files, int limit) {
        Map<GuestPath, Bytes> contents = new LinkedHashMap<>();
        for (GuestPath file : files) {
            tree.find(file, true)
                    .filter(place -> place.read().stat().isRegular())
                    .ifPresent(place -> {
                        long size = place.read().length();
                        if (size > limit) {
                            throw ImageException.of(
                                    ImageException.Kind.SOURCE,
                                    "Cannot read " + file + " of the guest",
                                    "it is " + size + " bytes long; at most " + limit + " make sense here",
                                    "Look at the file in the guest.");
                        }
                        contents.put(file, Bytes.of(place.fs().content().read(place.inode(), (int) size)));
                    });
        }
        return contents;
    }

    @Override
    public Optional<FileContent> open(GuestPath file) {
        return tree.find(file, true).flatMap(place -> {
            Inode inode = place.read();
            return inode.stat().isRegular()
                    ? Optional.of(new ExtFile(place.fs(), place.inode(), inode.length()))
                    : Optional.empty();
        });
    }

    @Override
    public Optional<Bytes> readLink(GuestPath path) {
        return tree.find(path, false)
                .filter(place -> place.read().stat().isSymlink())
                .map(tree::readLink);
    }

    @Override
    public Map<String, Bytes> xattrs(GuestPath path) {
        return tree.find(path, false)
                .map(place -> place.fs().attributes().read(place.inode()))
                .orElse(Map.of());
    }

    @Override
    public void apply(List<Change> changes) {
        applier.apply(changes);
    }

    @Override
    public void close() {
        tree.close();
    }
}
