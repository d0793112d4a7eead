package io.imagewright.guest.libguestfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Entry;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.FileType;
import io.imagewright.guest.GuestPath;

/**
 * Names, types, modes, owners, sizes, times and link targets of the files of one file system. A call of the appliance takes as long as it
 * takes to list thousands of files, and most files of a guest are programs that nobody asks for: the first call lists the upper
 * directories and those that hold configuration and logs, others are listed when they are asked for. Not thread-safe.
 */
final class FileList {

    /** Bytes of all names and numbers; about two million files. */
    private static final long MAX_BYTES = 256L << 20;

    /** Directories inside each other before a tree is taken for hostile; PATH_MAX of Linux allows no more. */
    private static final int MAX_DEPTH = 2048;

    /** Bytes of one field; names have 255, paths and link targets are longer. */
    private static final int MAX_FIELD = 64 << 10;

    private static final int NUMBERS = 9;

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
    private static final String FORMAT = " %y %m %U %G %s %T@ %i %n\\0%P\\0%l\\0'";

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
        boolean known = path.parent().map(this::list).orElseGet(this::listFirst);
        return known ? Optional.ofNullable(nodes.get(path)) : Optional.empty();
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

    private boolean listFirst() {
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
        return true;
    }

    private void find(GuestPath top, String expression) {
        if (top.depth() >= MAX_DEPTH) {
            throw tooDeep(subject);
        }
        Script find = new Script().line("find " + MountedVolumes.word(directory, top, 0) + " " + expression);
        LibguestfsGuest.reading(
                "files",
                () -> appliance.fetch(find, MAX_BYTES - bytes, (stream, length) -> {
                    bytes += length;
                    parse(stream, length, top);
                    return length;
                }));
    }

    private void parse(InputStream stream, long length, GuestPath top) throws IOException {
        Fields fields = new Fields(stream, length, subject);
        Paths paths = new Paths(top, subject);
        while (fields.more()) {
            String[] numbers = fields.text().split(" ", -1);
            GuestPath path = paths.path(fields.next());
            byte[] target = fields.next();
            if (numbers.length != NUMBERS) {
                throw new IOException("find of the appliance speaks another way than expected");
            }
            Node node = new Node(stat(numbers), Bytes.of(target), numbers[6]);
            nodes.put(path, node);
            if (number(numbers[0]) < LEVELS && node.stat().isDirectory()) {
                listed.add(path);
            }
        }
    }

    private static long number(String digits) throws IOException {
        try {
            return Long.parseUnsignedLong(digits);
        } catch (NumberFormatException odd) {
            throw new IOException("find of the appliance gives a number that is none: " + odd.getMessage());
        }
    }

    private static FileStat stat(String[] numbers) throws IOException {
        try {
            return new FileStat(
                    type(numbers[1]),
                    Integer.parseInt(numbers[2], 8),
                    Integer.parseUnsignedInt(numbers[3]),
                    Integer.parseUnsignedInt(numbers[4]),
                    Long.parseLong(numbers[5]),
                    seconds(numbers[6]),
                    Long.parseUnsignedLong(numbers[7]),
                    Integer.parseInt(numbers[8]));
        } catch (NumberFormatException odd) {
            throw new IOException("find of the appliance gives a number that is none: " + odd.getMessage());
        }
    }

    /** Whole seconds of {@code 1600000000.0000000000}, rounded down. */
    private static long seconds(String time) {
        int point = time.indexOf('.');
        long whole = Long.parseLong(point < 0 ? time : time.substring(0, point));
        boolean fraction = point >= 0 && time.substring(point + 1).chars().anyMatch(c -> c != '0');
        return time.startsWith("-") && fraction ? whole - 1 : whole;
    }

    private static FileType type(String letter) throws IOException {
        return switch (letter) {
            case "f" -> FileType.REGULAR;
            case "d" -> FileType.DIRECTORY;
            case "l" -> FileType.SYMLINK;
            case "b" -> FileType.BLOCK_DEVICE;
            case "c" -> FileType.CHARACTER_DEVICE;
            case "p" -> FileType.FIFO;
            case "s" -> FileType.SOCKET;
            default -> throw new IOException("a file of unknown type " + letter);
        };
    }

    /** Makes paths of find's texts; a directory comes before what it holds, so that a path is its directory's and one name more. */
    private static final class Paths {

        private final GuestPath top;
        private final String subject;

        /** The directories that the last path lies in, the outermost last, by their texts. */
        private final Deque<Bytes> texts = new ArrayDeque<>();

        private final Deque<GuestPath> directories = new ArrayDeque<>();

        Paths(GuestPath top, String subject) {
            this.top = top;
            this.subject = subject;
        }

        GuestPath path(byte[] relative) throws IOException {
            if (relative.length == 0) {
                return top;
            }
            int slash = relative.length - 1;
            while (slash >= 0 && relative[slash] != '/') {
                slash--;
            }
            if (slash < 0) {
                texts.clear();
                directories.clear();
            }
            GuestPath parent = slash < 0 ? top : directory(Bytes.of(Arrays.copyOf(relative, slash)));
            if (parent.depth() >= MAX_DEPTH) {
                throw tooDeep(subject);
            }
            GuestPath path = parent.child(Arrays.copyOfRange(relative, slash + 1, relative.length));
            texts.push(Bytes.of(relative));
            directories.push(path);
            return path;
        }

        private GuestPath directory(Bytes text) throws IOException {
            while (!texts.isEmpty() && !texts.element().equals(text)) {
                texts.pop();
                directories.pop();
            }
            if (directories.isEmpty()) {
                throw new IOException("find of the appliance tells of a file before its directory");
            }
            return directories.element();
        }
    }

    private static ImageException tooDeep(String subject) {
        return ImageException.of(
                ImageException.Kind.SOURCE,
                "Cannot walk " + subject,
                "directories are more than " + MAX_DEPTH + " deep",
                "Remove that tree in the guest.");
    }

    /** Fields that a NUL ends. */
    private static final class Fields {

        private final InputStream stream;
        private final String subject;
        private long left;

        Fields(InputStream stream, long length, String subject) {
            this.stream = stream;
            this.left = length;
            this.subject = subject;
        }

        boolean more() {
            return left > 0;
        }

        byte[] next() throws IOException {
            ByteArrayOutputStream field = new ByteArrayOutputStream(64);
            while (true) {
                int b = left-- > 0 ? stream.read() : -1;
                if (b < 0) {
                    throw new IOException("the appliance's list of files ends in the middle");
                }
                if (b == 0) {
                    return field.toByteArray();
                }
                if (field.size() >= MAX_FIELD) {
                    throw tooDeep(subject);
                }
                field.write(b);
            }
        }

        String text() throws IOException {
            return new String(next(), StandardCharsets.US_ASCII);
        }
    }
}
