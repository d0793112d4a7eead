package io.imagewright.guest.libguestfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.TreeMap;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.FileType;
import io.imagewright.guest.GuestPath;

/**
 * Names, types, modes, owners, sizes, times and link targets of all files of one file system, read in one call: each question after that
 * is answered without the appliance, whose every answer takes milliseconds. Immutable.
 */
final class FileList {

    /** Bytes of all names and numbers; about two million files. */
    private static final long MAX_BYTES = 256L << 20;

    /** Directories inside each other before a tree is taken for hostile; PATH_MAX of Linux allows no more. */
    private static final int MAX_DEPTH = 2048;

    /** Bytes of one field; names have 255, paths and link targets are longer. */
    private static final int MAX_FIELD = 64 << 10;

    private static final int NUMBERS = 8;

    /** @param time of the last modification, seconds with their fraction, as find writes it */
    record Node(FileStat stat, Bytes target, String time) {}

    private final NavigableMap<GuestPath, Node> nodes;

    private FileList(NavigableMap<GuestPath, Node> nodes) {
        this.nodes = Collections.unmodifiableNavigableMap(nodes);
    }

    /**
     * Lists what is mounted there.
     *
     * @param directory of the appliance
     * @param subject how to name the file system to the user
     */
    static FileList read(Appliance appliance, String directory, String subject) {
        Script find = new Script().line("find " + directory + " -printf '%y %m %U %G %s %T@ %i %n\\0%P\\0%l\\0'");
        return new FileList(appliance.fetch(find, MAX_BYTES, (stream, length) -> parse(stream, length, subject)));
    }

    /** By path from the root of this file system, which is among them. */
    NavigableMap<GuestPath, Node> nodes() {
        return nodes;
    }

    private static NavigableMap<GuestPath, Node> parse(InputStream stream, long length, String subject)
            throws IOException {
        NavigableMap<GuestPath, Node> nodes = new TreeMap<>();
        Fields fields = new Fields(stream, length, subject);
        Paths paths = new Paths(subject);
        while (fields.more()) {
            String[] numbers = fields.text().split(" ", -1);
            GuestPath path = paths.path(fields.next());
            byte[] target = fields.next();
            if (numbers.length != NUMBERS) {
                throw new IOException("find of the appliance speaks another way than expected");
            }
            nodes.put(path, new Node(stat(numbers), Bytes.of(target), numbers[5]));
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

    /** Makes paths of find's texts; a directory comes before what it holds, so that a path is its directory's and one name more. */
    private static final class Paths {

        private final String subject;

        /** The directories that the last path lies in, the outermost last, by their texts. */
        private final Deque<Bytes> texts = new ArrayDeque<>();

        private final Deque<GuestPath> directories = new ArrayDeque<>();

        Paths(String subject) {
            this.subject = subject;
        }

        GuestPath path(byte[] relative) throws IOException {
            if (relative.length == 0) {
                return GuestPath.ROOT;
            }
            int slash = relative.length - 1;
            while (slash >= 0 && relative[slash] != '/') {
                slash--;
            }
            if (slash < 0) {
                texts.clear();
                directories.clear();
            }
            GuestPath parent = slash < 0 ? GuestPath.ROOT : directory(Bytes.of(Arrays.copyOf(relative, slash)));
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
