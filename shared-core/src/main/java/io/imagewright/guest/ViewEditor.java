package io.imagewright.guest;

import java.util.Optional;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.hive.Hive;

/** Makes changes show in a {@link GuestView}; refuses those that no engine could apply. */
final class ViewEditor {

    private final GuestTree base;
    private final ViewNames names;
    private final PathResolver resolver;
    private final Registry registry;

    ViewEditor(GuestTree base, ViewNames names, PathResolver resolver, Registry registry) {
        this.base = base;
        this.names = names;
        this.resolver = resolver;
        this.registry = registry;
    }

    void apply(Change change) {
        if (change instanceof Change.EditRegistry edit) {
            edit(edit);
            return;
        }
        forgetHives(change.path());
        if (change instanceof Change.Delete delete) {
            remove(delete.path(), false);
        } else if (change instanceof Change.DeleteTree delete) {
            remove(delete.path(), true);
        } else if (change instanceof Change.Scrub scrub) {
            regular(scrub.path()).ifPresent(ViewFile::zero);
            remove(scrub.path(), false);
        } else if (change instanceof Change.Truncate truncate) {
            regular(truncate.path()).ifPresent(file -> file.truncate(truncate.size()));
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
            existing(set.path()).permissions = set.permissions();
        } else if (change instanceof Change.SetOwner set) {
            ViewFile file = existing(set.path());
            file.owner = set.owner();
            file.group = set.group();
        } else if (change instanceof Change.SetXattr set) {
            existing(set.path()).xattrs(base).put(set.name(), set.value());
        } else if (change instanceof Change.RemoveXattr set) {
            existing(set.path()).xattrs(base).remove(set.name());
        } else {
            throw new IllegalArgumentException("unknown change " + change);
        }
    }

    private void edit(Change.EditRegistry edit) {
        GuestPath path = place(edit.path(), true);
        Hive hive = registry.hive(path).orElseThrow(() -> refused("edit the registry hive " + path, "it is not there"));
        hive.apply(edit.edit());
        names.open(path).orElseThrow().edited(hive);
    }

    /** What a change does to the file of a hive counts from now on. */
    private void forgetHives(GuestPath path) {
        if (registry.isOpen()) {
            registry.forget(path);
            resolver.resolve(path, false).ifPresent(registry::forget);
            resolver.resolve(path, true).ifPresent(registry::forget);
        }
    }

    private void remove(GuestPath path, boolean recursively) {
        if (path.depth() == 0) {
            throw refused("remove /", "it is the root");
        }
        Optional<GuestPath> canonical = resolver.resolve(path, false);
        Optional<FileStat> stat = canonical.flatMap(names::node);
        if (stat.isPresent()) {
            removeAt(canonical.get(), stat.get(), recursively);
        }
    }

    private void removeAt(GuestPath path, FileStat stat, boolean recursively) {
        if (!stat.isDirectory()) {
            release(path, stat);
            names.remove(path);
            return;
        }
        if (!recursively && !names.list(path).isEmpty()) {
            throw refused("remove the directory " + path, "it is not empty");
        }
        if (names.isMountPoint(path) || names.holdsMountPoint(path)) {
            // as rm -rf in the running guest would: mount points and the directories above them stay, emptied
            names.list(path).forEach(child -> removeAt(child.path(), child.stat(), true));
            return;
        }
        for (Entry entry : names.walk(path)) {
            release(entry.path(), entry.stat());
        }
        names.remove(path);
    }

    /** Counts one name less. */
    private void release(GuestPath path, FileStat stat) {
        if (stat.links() > 1 && !stat.isDirectory()) {
            names.open(path).ifPresent(file -> file.links--);
        }
    }

    private void write(Change.Write write) {
        toWrite(write.path(), write.permissions(), write.owner(), write.group()).give(write.content());
    }

    private void upload(Change.Upload upload) {
        toWrite(upload.path(), upload.permissions(), upload.owner(), upload.group())
                .give(upload.source(), upload.size());
    }

    /** The regular file at this path (followed), made when missing. */
    private ViewFile toWrite(GuestPath asked, int permissions, int owner, int group) {
        GuestPath path = place(asked, true);
        Optional<FileStat> stat = names.node(path);
        if (stat.isEmpty()) {
            make(path, FileType.REGULAR, Bytes.EMPTY, permissions, owner, group);
        } else if (!stat.get().isRegular()) {
            throw refused("write " + asked, "it is no regular file");
        }
        return names.open(path).orElseThrow();
    }

    private void makeDirectory(Change.MakeDirectory make) {
        GuestPath path = place(make.path(), true);
        Optional<FileStat> stat = names.node(path);
        if (stat.isEmpty()) {
            make(path, FileType.DIRECTORY, Bytes.EMPTY, make.permissions(), make.owner(), make.group());
        } else if (!stat.get().isDirectory()) {
            throw refused("make the directory " + make.path(), "a file is in its place");
        }
    }

    private void hardLink(Change.HardLink link) {
        GuestPath path = place(link.path(), false);
        ViewFile file = existing(link.existing());
        GuestPath existing = resolver.resolve(link.existing(), false).orElseThrow();
        if (file.stat().isDirectory() || !names.mountPoint(existing).equals(names.mountPoint(path))) {
            throw refused(
                    "link " + link.path() + " to " + link.existing(), "it is a directory or on another file system");
        }
        requireFree(link.path(), path);
        file.links++;
        names.put(path, file);
    }

    private void symbolicLink(Change.SymbolicLink link) {
        GuestPath path = place(link.path(), false);
        names.node(path).filter(stat -> !stat.isDirectory()).ifPresent(stat -> removeAt(path, stat, false));
        requireFree(link.path(), path);
        make(path, FileType.SYMLINK, Bytes.of(link.target()), 0777, 0, 0);
    }

    private void make(GuestPath path, FileType type, Bytes content, int permissions, int owner, int group) {
        names.put(path, new ViewFile(type, names.newInode(), content, permissions, owner, group));
    }

    private Optional<ViewFile> regular(GuestPath path) {
        return resolver.resolve(path, false)
                .filter(found -> names.node(found).filter(FileStat::isRegular).isPresent())
                .flatMap(names::open);
    }

    private ViewFile existing(GuestPath path) {
        return resolver.resolve(path, false)
                .flatMap(names::open)
                .orElseThrow(() -> refused("change " + path, "it is not there"));
    }

    /** The canonical path of a file whose directory is there, and which may be there itself. */
    private GuestPath place(GuestPath path, boolean follow) {
        Optional<GuestPath> whole = follow ? resolver.resolve(path, true) : Optional.empty();
        if (whole.isPresent()) {
            return whole.get();
        }
        GuestPath found =
                resolver.resolve(path, false).orElseThrow(() -> refused("make " + path, "its directory is not there"));
        if (follow && names.node(found).isPresent()) {
            throw refused("write " + path, "it is a symbolic link to nothing");
        }
        if (found.parent().flatMap(names::node).filter(FileStat::isDirectory).isEmpty()) {
            throw refused("make " + path, "its directory is not there");
        }
        return found;
    }

    private void requireFree(GuestPath path, GuestPath canonical) {
        if (names.node(canonical).isPresent()) {
            throw refused("make the link " + path, "something is there already");
        }
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
