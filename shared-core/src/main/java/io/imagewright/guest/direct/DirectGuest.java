package io.imagewright.guest.direct;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.FileContent;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.TreeMember;

/** A guest made of ext2/3/4 file systems, one mounted in the other. Not thread-safe. */
final class DirectGuest implements Guest {

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
        resolve(directory)
                .ifPresent(canonical -> ExtWalk.below(
                        tree,
                        canonical,
                        file -> found.add(new Entry(file.path(), file.inode().stat()))));
        return found;
    }

    @Override
    public void forEachMember(Path spool, Consumer<TreeMember> members) {
        ExtMembers.forEachMember(tree, spool, members);
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
