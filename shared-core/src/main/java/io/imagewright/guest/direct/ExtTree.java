package io.imagewright.guest.direct;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.PathResolver;

/** Several ext2/3/4 file systems put together to one tree: paths to inodes. Not thread-safe. */
final class ExtTree implements AutoCloseable {

    /** Where a file is. */
    record Place(ExtFileSystem fs, int inode) {

        Inode read() {
            return fs.inode(inode);
        }
    }

    private final Map<GuestPath, ExtFileSystem> mounts;

    /** Inodes of canonical paths of directories, so that a walk does not start at the root for every file. */
    private final Map<GuestPath, Place> directories = new HashMap<>();

    private final PathResolver resolver = new PathResolver(new PathResolver.Nodes() {
        @Override
        public Optional<FileStat> node(GuestPath canonical) {
            return place(canonical).map(place -> place.read().stat());
        }

        @Override
        public Bytes target(GuestPath canonical) {
            return readLink(place(canonical).orElseThrow());
        }
    });

    ExtTree(Map<GuestPath, ExtFileSystem> mounts) {
        this.mounts = Map.copyOf(mounts);
    }

    Optional<GuestPath> resolve(GuestPath path, boolean followLast) {
        return resolver.resolve(path, followLast);
    }

    Optional<Place> find(GuestPath path, boolean followLast) {
        return resolve(path, followLast).flatMap(this::place);
    }

    /** The file at a path without links in its directories. */
    Optional<Place> place(GuestPath canonical) {
        ExtFileSystem mounted = mounts.get(canonical);
        if (mounted != null) {
            return Optional.of(new Place(mounted, ExtFileSystem.ROOT));
        }
        Place known = directories.get(canonical);
        if (known != null) {
            return Optional.of(known);
        }
        return canonical
                .parent()
                .flatMap(this::place)
                .filter(parent -> parent.read().stat().isDirectory())
                .flatMap(parent -> parent.fs()
                        .directories()
                        .lookup(parent.inode(), canonical.nameBytes(canonical.depth() - 1))
                        .map(inode -> remember(canonical, new Place(parent.fs(), inode))));
    }

    private Place remember(GuestPath path, Place place) {
        if (place.read().stat().isDirectory()) {
            directories.put(path, place);
        }
        return place;
    }

    /** Entries of a canonical directory by path, what is mounted on them in their place. */
    SortedMap<GuestPath, Place> children(GuestPath canonical) {
        SortedMap<GuestPath, Place> children = new TreeMap<>();
        Optional<Place> directory =
                place(canonical).filter(place -> place.read().stat().isDirectory());
        directory.ifPresent(place -> {
            directories.put(canonical, place);
            for (ExtDirectories.Name entry : place.fs().directories().entries(place.inode())) {
                GuestPath path = child(canonical, entry.name());
                ExtFileSystem mounted = mounts.get(path);
                children.put(
                        path,
                        mounted == null
                                ? new Place(place.fs(), entry.inode())
                                : new Place(mounted, ExtFileSystem.ROOT));
            }
        });
        return children;
    }

    private static GuestPath child(GuestPath directory, Bytes name) {
        try {
            return directory.child(name.toArray());
        } catch (IllegalArgumentException impossible) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot list the directory " + directory + " of the guest",
                    String.valueOf(impossible.getMessage()),
                    "If the guest encrypts it (fscrypt), move it out of the guest: its names cannot be read without the key."
                            + " Else check the file system with e2fsck on a copy of the medium.",
                    impossible);
        }
    }

    /** Whether something is mounted here or below. */
    boolean holdsMountPoint(GuestPath canonical) {
        return mounts.keySet().stream().anyMatch(point -> point.startsWith(canonical));
    }

    Bytes readLink(Place place) {
        return Bytes.of(place.fs().content().readLink(place.read()));
    }

    /** Directories have changed. */
    void forget() {
        directories.clear();
    }

    @Override
    public void close() {
        mounts.values().forEach(ExtFileSystem::close);
    }
}
