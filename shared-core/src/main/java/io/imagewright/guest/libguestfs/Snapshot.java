package io.imagewright.guest.libguestfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Entry;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.FileType;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.PathResolver;

/**
 * Names, types, modes, owners, sizes, times and link targets of all files of a guest, read in one call: each question after that is
 * answered without the appliance, whose every answer takes milliseconds.
 */
final class Snapshot implements PathResolver.Nodes {

    /** Bytes of all names and numbers; about two million files. */
    private static final long MAX_BYTES = 256L << 20;

    /** Directories inside each other before a tree is taken for hostile; PATH_MAX of Linux allows no more. */
    private static final int MAX_DEPTH = 2048;

    /** Bytes of one field; names have 255, paths and link targets are longer. */
    private static final int MAX_FIELD = 64 << 10;

    /** @param time of the last modification, seconds with their fraction, as find writes it */
    private record Node(FileStat stat, Bytes target, String time) {}

    private final NavigableMap<GuestPath, Node> nodes = new TreeMap<>();

    private Snapshot() {}

    static Snapshot read(Appliance appliance, MountedVolumes volumes) {
        Snapshot snapshot = new Snapshot();
        for (GuestPath point : volumes.points()) {
            Script find = new Script()
                    .line("find " + volumes.directory(point) + " -printf '%y %m %U %G %s %T@ %i %n\\0%P\\0%l\\0'");
            NavigableMap<GuestPath, Node> found =
                    appliance.fetch(find, MAX_BYTES, (stream, length) -> parse(stream, length, point));
            // what the directory held before something was mounted there is out of sight
            snapshot.below(point, true).clear();
            snapshot.nodes.putAll(found);
        }
        return snapshot;
    }

    private static NavigableMap<GuestPath, Node> parse(InputStream stream, long length, GuestPath point)
            throws IOException {
        NavigableMap<GuestPath, Node> nodes = new TreeMap<>();
        Fields fields = new Fields(stream, length, MAX_FIELD);
        while (fields.more()) {
            String[] numbers = fields.text().split(" ", -1);
            byte[] path = fields.next();
            byte[] target = fields.next();
            if (numbers.length != 8) {
                throw new IOException("find of the appliance speaks another way than expected");
            }
            nodes.put(path(point, path), new Node(stat(numbers), Bytes.of(target), numbers[5]));
        }
        return nodes;
    }

    private static FileStat stat(String[] numbers) throws IOException {
        try {
            return new FileStat(
                    type(numbers[0]),
                    Integer.parseInt(numbers[1], 8),
                    Integer.parseUnsignedInt(numbers[2]),
                    Integer.parseUnsignedInt(numbers[3]),
                    Long.parseLong(numbers[4]),
                    seconds(numbers[5]),
                    Long.parseUnsignedLong(numbers[6]),
                    Integer.parseInt(numbers[7]));
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

    private static GuestPath path(GuestPath point, byte[] relative) {
        GuestPath path = point;
        int start = 0;
        for (int i = 0; i <= relative.length && relative.length > 0; i++) {
            if (i == relative.length || relative[i] == '/') {
                path = path.child(Arrays.copyOfRange(relative, start, i));
                start = i + 1;
            }
        }
        if (path.depth() > MAX_DEPTH) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot walk " + point + " of the guest",
                    "directories are more than " + MAX_DEPTH + " deep",
                    "Remove that tree in the guest.");
        }
        return path;
    }

    @Override
    public Optional<FileStat> node(GuestPath canonical) {
        return Optional.ofNullable(nodes.get(canonical)).map(Node::stat);
    }

    @Override
    public Bytes target(GuestPath canonical) {
        Node node = nodes.get(canonical);
        return node == null ? Bytes.EMPTY : node.target();
    }

    /** When a file that is there was modified, in seconds with their fraction. */
    String time(GuestPath canonical) {
        Node node = nodes.get(canonical);
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

    private NavigableMap<GuestPath, Node> below(GuestPath directory, boolean itself) {
        if (directory.equals(GuestPath.ROOT)) {
            return nodes.tailMap(directory, itself);
        }
        return nodes.subMap(directory, itself, behind(directory), false);
    }

    /** Fields that a NUL ends. */
    private static final class Fields {

        private final InputStream stream;
        private final int limit;
        private long left;

        Fields(InputStream stream, long length, int limit) {
            this.stream = stream;
            this.left = length;
            this.limit = limit;
        }

        boolean more() {
            return left > 0;
        }

        byte[] next() throws IOException {
            ByteArrayOutputStream field = new ByteArrayOutputStream(64);
            while (true) {
                int b = left-- > 0 ? stream.read() : -1;
                if (b < 0 || field.size() > limit) {
                    throw new IOException("the appliance's list of files ends in the middle");
                }
                if (b == 0) {
                    return field.toByteArray();
                }
                field.write(b);
            }
        }

        String text() throws IOException {
            return new String(next(), StandardCharsets.US_ASCII);
        }
    }
}
