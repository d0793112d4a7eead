package io.imagewright.guest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The names of a {@link GuestView}: those that changes have touched, laid over the base. All paths are canonical. */
final class ViewNames implements PathResolver.Nodes {

    /** Inode numbers repeat in each file system. */
    private record Inode(GuestPath mountPoint, long number) {}

    private final GuestTree base;
    private final Set<GuestPath> mountPoints;

    /** What the changes have touched; empty for a name that they removed, with all that the base has below it. */
    private final NavigableMap<GuestPath, Optional<ViewFile>> touched = new TreeMap<>();

    /** Touched files of the base that have several names there. */
    private final Map<Inode, ViewFile> linked = new HashMap<>();

    private long nextInode = -1;

    ViewNames(GuestTree base, Set<GuestPath> mountPoints) {
        this.base = base;
        this.mountPoints = mountPoints;
    }

    @Override
    public Optional<FileStat> node(GuestPath path) {
        Optional<ViewFile> here = touched.get(path);
        if (here != null) {
            return here.map(ViewFile::stat);
        }
        return hidden(path) ? Optional.empty() : base.stat(path).map(stat -> current(path, stat));
    }

    @Override
    public Bytes target(GuestPath path) {
        Optional<ViewFile> file = touchedAt(path);
        if (file.isPresent() && file.get().source == null) {
            return file.get().content(Bytes.EMPTY);
        }
        return base.readLink(file.map(known -> known.source).orElse(path)).orElse(Bytes.EMPTY);
    }

    /** The file at this path if a change has touched it under this or another name. */
    Optional<ViewFile> touchedAt(GuestPath path) {
        Optional<ViewFile> here = touched.get(path);
        if (here != null) {
            return here;
        }
        if (linked.isEmpty() || hidden(path)) {
            return Optional.empty();
        }
        return base.stat(path).map(stat -> linked.get(inode(path, stat)));
    }

    /** The file at this path, from now on touched. */
    Optional<ViewFile> open(GuestPath path) {
        Optional<ViewFile> known = touchedAt(path);
        if (known.isPresent()) {
            return known;
        }
        Optional<FileStat> stat = touched.containsKey(path) || hidden(path) ? Optional.empty() : base.stat(path);
        return stat.map(found -> {
            ViewFile file = new ViewFile(path, found);
            if (found.links() > 1 && !found.isDirectory()) {
                linked.put(inode(path, found), file);
            } else {
                touched.put(path, Optional.of(file));
            }
            return file;
        });
    }

    /** Gives a file a name. */
    void put(GuestPath path, ViewFile file) {
        touched.put(path, Optional.of(file));
    }

    /** Takes a name away, with all that is below it. */
    void remove(GuestPath path) {
        below(path).clear();
        touched.put(path, Optional.empty());
    }

    /** A number for a new inode, which no base has. */
    long newInode() {
        return nextInode--;
    }

    /** Where the file system that holds this path is mounted. */
    GuestPath mountPoint(GuestPath path) {
        return path.deepestOf(mountPoints);
    }

    boolean isMountPoint(GuestPath path) {
        return mountPoints.contains(path);
    }

    /** Whether another file system is mounted somewhere below this directory. */
    boolean holdsMountPoint(GuestPath path) {
        return mountPoints.stream().anyMatch(point -> !point.equals(path) && point.startsWith(path));
    }

    List<Entry> list(GuestPath directory) {
        return merged(directory, isOpaque(directory) ? List.of() : base.list(directory), 1);
    }

    List<Entry> walk(GuestPath directory) {
        return merged(directory, isOpaque(directory) ? List.of() : base.walk(directory), Integer.MAX_VALUE);
    }

    private List<Entry> merged(GuestPath directory, List<Entry> ofBase, int levels) {
        Map<GuestPath, Optional<ViewFile>> changed = below(directory);
        if (changed.isEmpty() && linked.isEmpty()) {
            return ofBase;
        }
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : ofBase) {
            if (!changed.containsKey(entry.path()) && !hidden(entry.path())) {
                entries.add(new Entry(entry.path(), current(entry.path(), entry.stat())));
            }
        }
        changed.forEach((path, file) -> {
            if (file.isPresent() && path.depth() - directory.depth() <= levels) {
                entries.add(new Entry(path, file.get().stat()));
            }
        });
        entries.sort(Comparator.comparing(Entry::path));
        return entries;
    }

    /** Touched names below a directory; a view that can be cleared. */
    private NavigableMap<GuestPath, Optional<ViewFile>> below(GuestPath directory) {
        GuestPath last = directory;
        for (GuestPath path : touched.tailMap(directory, false).keySet()) {
            if (!path.startsWith(directory)) {
                return touched.subMap(directory, false, path, false);
            }
            last = path;
        }
        return last.equals(directory) ? new TreeMap<>() : touched.subMap(directory, false, last, true);
    }

    /** Whether the base's file at this path, itself not touched, cannot be seen: its nearest touched directory decides. */
    private boolean hidden(GuestPath path) {
        if (touched.isEmpty()) {
            return false;
        }
        for (Optional<GuestPath> up = path.parent();
                up.isPresent();
                up = up.get().parent()) {
            if (touched.containsKey(up.get())) {
                return isOpaque(up.get());
            }
        }
        return false;
    }

    /** Whether what the base has below this path does not count. */
    private boolean isOpaque(GuestPath path) {
        Optional<ViewFile> file = touched.get(path);
        if (file == null) {
            return hidden(path);
        }
        return file.isEmpty() || file.get().source == null || !file.get().stat().isDirectory();
    }

    private FileStat current(GuestPath path, FileStat stat) {
        ViewFile shared = stat.links() > 1 && !stat.isDirectory() ? linked.get(inode(path, stat)) : null;
        return shared == null ? stat : shared.stat();
    }

    private Inode inode(GuestPath path, FileStat stat) {
        return new Inode(mountPoint(path), stat.inode());
    }
}
