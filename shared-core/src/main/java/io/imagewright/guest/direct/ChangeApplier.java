package io.imagewright.guest.direct;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;
import org.jspecify.annotations.Nullable;

/**
 * Turns changes into work on inodes and directories. Names removed one after the other from the same directory are taken out in one
 * pass over it, as libext2fs reads the whole directory for each.
 */
final class ChangeApplier {

    private final ExtTree tree;

    /** The directory, as the changes spell it, whose names are being removed; null when none is. */
    private @Nullable GuestPath spelled;

    private ExtTree.@Nullable Place directory;
    private final Set<Bytes> removed = new HashSet<>();

    ChangeApplier(ExtTree tree) {
        this.tree = tree;
    }

    void apply(List<Change> changes) {
        for (Change change : changes) {
            if (change instanceof Change.Delete delete) {
                remove(delete.path(), false);
            } else if (change instanceof Change.DeleteTree delete) {
                remove(delete.path(), true);
            } else if (change instanceof Change.Scrub scrub) {
                scrub(scrub.path());
            } else {
                settle();
                apply(change);
            }
        }
        settle();
    }

    private void apply(Change change) {
        if (change instanceof Change.Truncate truncate) {
            regular(truncate.path(), false)
                    .ifPresent(place -> place.fs().content().setLength(place.inode(), truncate.size()));
        } else if (change instanceof Change.Write write) {
            write(write);
        } else if (change instanceof Change.Upload upload) {
            upload(upload);
        } else if (change instanceof Change.MakeDirectory make) {
            makeDirectory(make);
        } else if (change instanceof Change.HardLink link) {
            hardLink(link);
        } else if (change instanceof Change.SymbolicLink link) {
            symbolicLink(link);
        } else if (change instanceof Change.SetPermissions set) {
            ExtTree.Place place = existing(set.path());
            Inode inode = place.read();
            inode.setPermissions(set.permissions());
            place.fs().write(inode);
        } else if (change instanceof Change.SetOwner set) {
            ExtTree.Place place = existing(set.path());
            Inode inode = place.read();
            inode.setOwner(set.owner(), set.group());
            place.fs().write(inode);
        } else if (change instanceof Change.SetXattr set) {
            ExtTree.Place place = existing(set.path());
            place.fs().attributes().set(place.inode(), set.name(), set.value());
        } else if (change instanceof Change.RemoveXattr set) {
            ExtTree.Place place = existing(set.path());
            place.fs().attributes().remove(place.inode(), set.name());
        } else {
            throw new IllegalArgumentException("unknown change " + change);
        }
    }

    private void remove(GuestPath path, boolean recursively) {
        GuestPath parentPath = path.parent().orElseThrow(() -> refused("remove /", "it is the root"));
        if (spelled == null || !spelled.equals(parentPath)) {
            settle();
            spelled = parentPath;
        }
        Optional<GuestPath> canonical = tree.resolve(path, false);
        Optional<ExtTree.Place> place = canonical.flatMap(tree::place);
        if (place.isEmpty() || removed.contains(name(canonical.get()))) {
            return;
        }
        ExtTree.Place parent = parent(canonical.get());
        directory = parent;
        boolean isDirectory = place.get().read().stat().isDirectory();
        if (isDirectory && !recursively && !tree.children(canonical.get()).isEmpty()) {
            throw refused("remove the directory " + path, "it is not empty");
        }
        if (isDirectory && tree.holdsMountPoint(canonical.get())) {
            // as rm -rf in the running guest would: mount points and the directories above them stay, emptied
            empty(canonical.get());
            return;
        }
        removed.add(name(canonical.get()));
        if (isDirectory) {
            free(place.get(), canonical.get());
            parent.fs().addDirectoryLinks(parent.inode(), -1);
        } else {
            place.get().fs().unlink(place.get().inode(), false);
        }
    }

    private void empty(GuestPath directoryThatStays) {
        settle();
        for (GuestPath child : tree.children(directoryThatStays).keySet()) {
            remove(child, true);
        }
        settle();
    }

    /** Frees a directory and everything below it; the entries inside go with its blocks. */
    private void free(ExtTree.Place directoryPlace, GuestPath path) {
        if (path.depth() > ExtWalk.MAX_DEPTH) {
            throw refused("remove " + path, "directories are more than " + ExtWalk.MAX_DEPTH + " deep");
        }
        tree.children(path).forEach((child, place) -> {
            if (place.read().stat().isDirectory()) {
                free(place, child);
            } else {
                place.fs().unlink(place.inode(), false);
            }
        });
        directoryPlace.fs().unlink(directoryPlace.inode(), true);
    }

    /** Takes the removed names out of their directory. */
    private void settle() {
        if (directory != null && !removed.isEmpty()) {
            directory.fs().directories().removeEntries(directory.inode(), removed);
            removed.clear();
        }
        directory = null;
        spelled = null;
        tree.forget();
    }

    private void scrub(GuestPath path) {
        regular(path, false).ifPresent(place -> {
            long length = place.read().length();
            place.fs().content().zero(place.inode(), length);
        });
        remove(path, false);
    }

    private void write(Change.Write write) {
        ExtTree.Place file = toWrite(write.path(), write.permissions(), write.owner(), write.group());
        file.fs().content().write(file.inode(), write.content().toArray());
    }

    private void upload(Change.Upload upload) {
        ExtTree.Place file = toWrite(upload.path(), upload.permissions(), upload.owner(), upload.group());
        file.fs().content().write(file.inode(), upload.source(), upload.size());
    }

    /** The regular file at this path (followed), made when missing. */
    private ExtTree.Place toWrite(GuestPath path, int permissions, int owner, int group) {
        GuestPath canonical = parentResolved(path, true);
        Optional<ExtTree.Place> there = tree.place(canonical);
        if (there.isPresent()) {
            if (!there.get().read().stat().isRegular()) {
                throw refused("write " + path, "it is no regular file");
            }
            return there.get();
        }
        ExtTree.Place parent = parent(canonical);
        Inode file = parent.fs().makeFile(parent.inode(), permissions, owner, group);
        parent.fs().directories().link(parent.inode(), name(canonical).toArray(), file);
        return new ExtTree.Place(parent.fs(), file.number());
    }

    private void makeDirectory(Change.MakeDirectory make) {
        GuestPath canonical = parentResolved(make.path(), true);
        Optional<ExtTree.Place> there = tree.place(canonical);
        if (there.isPresent()) {
            if (!there.get().read().stat().isDirectory()) {
                throw refused("make the directory " + make.path(), "a file is in its place");
            }
            return;
        }
        ExtTree.Place parent = parent(canonical);
        int number = parent.fs()
                .directories()
                .makeDirectory(parent.inode(), name(canonical).toArray());
        Inode inode = parent.fs().inode(number);
        inode.setPermissions(make.permissions());
        inode.setOwner(make.owner(), make.group());
        parent.fs().write(inode);
    }

    private void hardLink(Change.HardLink link) {
        GuestPath canonical = parentResolved(link.path(), false);
        ExtTree.Place parent = parent(canonical);
        ExtTree.Place existing = existing(link.existing());
        Inode inode = existing.read();
        if (inode.stat().isDirectory() || existing.fs() != parent.fs()) {
            throw refused(
                    "link " + link.path() + " to " + link.existing(), "it is a directory or on another file system");
        }
        requireFree(link.path(), canonical);
        inode.setLinks(inode.links() + 1);
        existing.fs().write(inode);
        parent.fs().directories().link(parent.inode(), name(canonical).toArray(), inode);
    }

    private void symbolicLink(Change.SymbolicLink link) {
        GuestPath canonical = parentResolved(link.path(), false);
        Optional<FileStat> there =
                tree.place(canonical).map(place -> place.read().stat());
        if (there.isPresent() && !there.get().isDirectory()) {
            remove(canonical, false);
            settle();
        }
        requireFree(link.path(), canonical);
        ExtTree.Place parent = parent(canonical);
        parent.fs()
                .directories()
                .makeSymlink(
                        parent.inode(),
                        name(canonical).toArray(),
                        Bytes.of(link.target()).toArray());
    }

    private void requireFree(GuestPath path, GuestPath canonical) {
        if (tree.place(canonical).isPresent()) {
            throw refused("make the link " + path, "something is there already");
        }
    }

    private Optional<ExtTree.Place> regular(GuestPath path, boolean follow) {
        return tree.find(path, follow).filter(place -> place.read().stat().isRegular());
    }

    private ExtTree.Place existing(GuestPath path) {
        return tree.find(path, false).orElseThrow(() -> refused("change " + path, "it is not there"));
    }

    /** The canonical path of a file whose directory must be there; a link at its end is followed when asked, even a dangling one. */
    private GuestPath parentResolved(GuestPath path, boolean followLast) {
        Optional<GuestPath> whole = followLast ? tree.resolve(path, true) : Optional.empty();
        return whole.or(() -> tree.resolve(path, false).filter(canonical -> !followLast || isFree(canonical)))
                .orElseThrow(() -> refused("make " + path, "its directory is not there"));
    }

    private boolean isFree(GuestPath canonical) {
        if (tree.place(canonical).isPresent()) {
            throw refused("write " + canonical, "it is a symbolic link to nothing");
        }
        return true;
    }

    private ExtTree.Place parent(GuestPath canonical) {
        return canonical
                .parent()
                .flatMap(tree::place)
                .filter(place -> place.read().stat().isDirectory())
                .orElseThrow(() -> refused("make " + canonical, "its directory is not there"));
    }

    private static Bytes name(GuestPath path) {
        return Bytes.of(path.nameBytes(path.depth() - 1));
    }

    private static ImageException refused(String what, String reason) {
        return ImageException.of(
                ImageException.Kind.SOURCE,
                "Cannot " + what + " in the guest",
                reason,
                Message.of(
                        "Look at that path in the guest, or leave out the operation that changes it (",
                        SettingName.SYSPREP_DISABLE,
                        ")."));
    }
}
