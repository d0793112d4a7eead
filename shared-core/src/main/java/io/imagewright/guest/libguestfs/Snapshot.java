package io.imagewright.guest.libguestfs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Entry;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.PathResolver;

/** All files of a guest, its file systems put together. What a directory held before something was mounted there is out of sight. */
final class Snapshot implements PathResolver.Nodes {

    private final NavigableMap<GuestPath, FileList> lists;

    /** @param lists of the file system at each mount point, the root among them */
    Snapshot(Map<GuestPath, FileList> lists) {
        this.lists = new TreeMap<>(lists);
    }

    private Optional<FileList.Node> find(GuestPath canonical) {
        GuestPath point = canonical.deepestOf(lists.keySet());
        return at(point).node(canonical.rebase(point, GuestPath.ROOT));
    }

    @Override
    public Optional<FileStat> node(GuestPath canonical) {
        return find(canonical).map(FileList.Node::stat);
    }

    @Override
    public Bytes target(GuestPath canonical) {
        return find(canonical).map(FileList.Node::target).orElse(Bytes.EMPTY);
    }

    /** Bytes of a file; 0 when nothing is there. */
    long size(GuestPath canonical) {
        return node(canonical).map(FileStat::size).orElse(0L);
    }

    /** When a file that is there was modified, in seconds with their fraction. */
    String time(GuestPath canonical) {
        return find(canonical).map(FileList.Node::time).orElse("0");
    }

    /** Direct entries of a directory, in path order. */
    List<Entry> list(GuestPath directory) {
        GuestPath point = directory.deepestOf(lists.keySet());
        List<Entry> entries = visible(point, at(point).entries(directory.rebase(point, GuestPath.ROOT)));
        lists.keySet().stream()
                .filter(other -> other.parent().filter(directory::equals).isPresent())
                .flatMap(this::itself)
                .forEach(entries::add);
        entries.sort(Comparator.comparing(Entry::path));
        return entries;
    }

    /** Everything below a directory, in path order. */
    List<Entry> walk(GuestPath directory) {
        GuestPath point = directory.deepestOf(lists.keySet());
        List<Entry> entries = visible(point, at(point).tree(directory.rebase(point, GuestPath.ROOT)));
        lists.forEach((other, list) -> {
            if (!other.equals(directory) && !other.equals(point) && other.startsWith(directory)) {
                itself(other).forEach(entries::add);
                entries.addAll(visible(other, list.tree(GuestPath.ROOT)));
            }
        });
        entries.sort(Comparator.comparing(Entry::path));
        return entries;
    }

    private FileList at(GuestPath point) {
        return Objects.requireNonNull(lists.get(point), "no root");
    }

    private Stream<Entry> itself(GuestPath point) {
        return node(point).map(stat -> new Entry(point, stat)).stream();
    }

    /** What of a file system's entries is not behind another one, by paths of the guest. */
    private List<Entry> visible(GuestPath point, List<Entry> entries) {
        List<Entry> visible = new ArrayList<>();
        for (Entry entry : entries) {
            GuestPath path = entry.path().rebase(GuestPath.ROOT, point);
            if (path.deepestOf(lists.keySet()).equals(point)) {
                visible.add(new Entry(path, entry.stat()));
            }
        }
        return visible;
    }
}
