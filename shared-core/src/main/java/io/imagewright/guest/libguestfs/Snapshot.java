package io.imagewright.guest.libguestfs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Entry;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.PathResolver;

/** All files of a guest, its file systems put together. */
final class Snapshot implements PathResolver.Nodes {

    private final NavigableMap<GuestPath, FileList.Node> nodes = new TreeMap<>();

    /** @param lists of the file system at each mount point, the root among them */
    Snapshot(Map<GuestPath, FileList> lists) {
        new TreeMap<>(lists).forEach((point, list) -> {
            // what the directory held before something was mounted there is out of sight
            below(point, true).clear();
            list.nodes().forEach((path, node) -> nodes.put(below(point, path), node));
        });
    }

    private static GuestPath below(GuestPath point, GuestPath relative) {
        GuestPath path = point;
        for (int i = 0; i < relative.depth(); i++) {
            path = path.child(relative.nameBytes(i));
        }
        return path;
    }

    @Override
    public Optional<FileStat> node(GuestPath canonical) {
        return Optional.ofNullable(nodes.get(canonical)).map(FileList.Node::stat);
    }

    @Override
    public Bytes target(GuestPath canonical) {
        FileList.Node node = nodes.get(canonical);
        return node == null ? Bytes.EMPTY : node.target();
    }

    /** Bytes of a file; 0 when nothing is there. */
    long size(GuestPath canonical) {
        return node(canonical).map(FileStat::size).orElse(0L);
    }

    /** When a file that is there was modified, in seconds with their fraction. */
    String time(GuestPath canonical) {
        FileList.Node node = nodes.get(canonical);
        return node == null ? "0" : node.time();
    }

    /** Direct entries of a directory, in path order. */
    List<Entry> list(GuestPath directory) {
        List<Entry> entries = new ArrayList<>();
        for (var at = nodes.higherEntry(directory);
                at != null && at.getKey().startsWith(directory);
                at = nodes.ceilingEntry(behind(at.getKey()))) {
            entries.add(new Entry(at.getKey(), at.getValue().stat()));
        }
        return entries;
    }

    /** The least path that is greater than this one and everything below it: its name has one more byte. */
    private static GuestPath behind(GuestPath path) {
        byte[] name = path.nameBytes(path.depth() - 1);
        byte[] greater = Arrays.copyOf(name, name.length + 1);
        greater[name.length] = 1;
        return path.parent().orElse(GuestPath.ROOT).child(greater);
    }

    /** Everything below a directory, in path order. */
    List<Entry> walk(GuestPath directory) {
        List<Entry> entries = new ArrayList<>();
        below(directory, false).forEach((path, node) -> entries.add(new Entry(path, node.stat())));
        return entries;
    }

    private NavigableMap<GuestPath, FileList.Node> below(GuestPath directory, boolean itself) {
        if (directory.equals(GuestPath.ROOT)) {
            return nodes.tailMap(directory, itself);
        }
        return nodes.subMap(directory, itself, behind(directory), false);
    }
}
