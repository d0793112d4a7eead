package io.imagewright.guest.libguestfs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Entry;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;

/**
 * Names, types, modes, owners, sizes, times and link targets of the files of one file system. A call of the appliance takes as long as it
 * takes to list thousands of files, and most files of a guest are programs that nobody asks for: the first call lists the upper
 * directories and those that hold configuration and logs, others are listed when they are asked for. Not thread-safe.
 */
final class FileList {

    /** Bytes of all names and numbers; about two million files. */
    private static final long MAX_BYTES = 256L << 20;

    /** Directories inside each other that one call lists when one is asked for. */
    private static final int LEVELS = 3;

    /** What the first call lists as deep as it is, by patterns of find, where a star matches slashes, too. */
    private static final List<String> WHOLE = List.of(
            "boot",
            "etc",
            "home/*/.*",
            "root",
            "tmp",
            "usr/lib/systemd",
            "var/cache",
            "var/log",
            "var/spool",
            "var/tmp");

    /** For find, behind the level of the file: entries of a directory are listed with it when its level is less than {@link #LEVELS}. */
    private static final String FORMAT = FindOutput.FORMAT + "'";

    /** @param time of the last modification, seconds with their fraction, as find writes it */
    record Node(FileStat stat, Bytes target, String time) {}

    private final Appliance appliance;
    private final String directory;
    private final String subject;
    private final NavigableMap<GuestPath, Node> nodes = new TreeMap<>();

    /** Directories whose entries are known. */
    private final Set<GuestPath> listed = new HashSet<>();

    private long bytes;

    /**
     * Lists what is mounted there.
     *
     * @param directory of the appliance
     * @param subject how to name the file system to the user
     */
    FileList(Appliance appliance, String directory, String subject) {
        this.appliance = appliance;
        this.directory = directory;
        this.subject = subject;
    }

    /** What is at this path from the root of the file system; empty when nothing is. */
    Optional<Node> node(GuestPath path) {
        return list(path.parent().orElse(GuestPath.ROOT)) ? Optional.ofNullable(nodes.get(path)) : Optional.empty();
    }

    /** Direct entries of a directory, in path order; none of what is no directory. */
    List<Entry> entries(GuestPath path) {
        if (!list(path)) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        for (var at = nodes.higherEntry(path);
                at != null && at.getKey().startsWith(path);
                at = nodes.ceilingEntry(behind(at.getKey()))) {
            entries.add(new Entry(at.getKey(), at.getValue().stat()));
        }
        return entries;
    }

    /** Everything below a directory, in path order; nothing of what is no directory. */
    List<Entry> tree(GuestPath path) {
        if (!list(path)) {
            return List.of();
        }
        List<GuestPath> unknown = below(path).entrySet().stream()
                .filter(entry -> entry.getValue().stat().isDirectory() && !listed.contains(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        if (!unknown.isEmpty()) {
            find(unknown.size() == 1 ? unknown.get(0) : path, "-printf '0" + FORMAT);
        }
        List<Entry> entries = new ArrayList<>();
        below(path).forEach((at, node) -> entries.add(new Entry(at, node.stat())));
        return entries;
    }

    private NavigableMap<GuestPath, Node> below(GuestPath path) {
        return path.equals(GuestPath.ROOT)
                ? nodes.tailMap(path, false)
                : nodes.subMap(path, false, behind(path), false);
    }

    /** The least path that is greater than this one and everything below it: its name has one more byte. */
    private static GuestPath behind(GuestPath path) {
        byte[] name = path.nameBytes(path.depth() - 1);
        byte[] greater = Arrays.copyOf(name, name.length + 1);
        greater[name.length] = 1;
        return path.parent().orElse(GuestPath.ROOT).child(greater);
    }

    /** Gets to know the entries of a directory; false when none is there. */
    private boolean list(GuestPath path) {
        listFirst();
        if (listed.contains(path)) {
            return true;
        }
        if (node(path).filter(node -> node.stat().isDirectory()).isEmpty()) {
            return false;
        }
        find(path, "-maxdepth " + LEVELS + " -printf '%d" + FORMAT);
        return true;
    }

    private void listFirst() {
        if (listed.isEmpty()) {
            // what is deeper is pruned; patterns of find, so that it is one command
            String whole = WHOLE.stream()
                    .map(top -> " ! -path '" + directory + "/" + top + "' ! -path '" + directory + "/" + top + "/*'")
                    .collect(Collectors.joining());
            find(
                    GuestPath.ROOT,
                    "-type d -path '" + directory + "/*".repeat(LEVELS) + "'" + whole + " -prune -printf '" + LEVELS
                            + FORMAT + " -o -printf '0" + FORMAT);
        }
    }

    private void find(GuestPath top, String expression) {
        if (top.depth() >= FindOutput.MAX_DEPTH) {
            throw FindOutput.tooDeep(subject);
        }
        BashScript find = new BashScript().line("find " + MountedVolumes.word(directory, top, 0) + " " + expression);
        LibguestfsGuest.reading(
                "files",
                () -> appliance.fetch(find, MAX_BYTES - bytes, (stream, length) -> {
                    bytes += length;
                    FindOutput.read(stream, length, top, subject, this::add);
                    return length;
                }));
    }

    private void add(FindOutput.Found found) {
        nodes.put(found.path(), found.node());
        if (found.level() < LEVELS && found.node().stat().isDirectory()) {
            listed.add(found.path());
        }
    }
}
