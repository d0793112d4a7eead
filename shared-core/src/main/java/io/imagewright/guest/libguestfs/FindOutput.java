package io.imagewright.guest.libguestfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.FileType;
import io.imagewright.guest.GuestPath;

/** What find(1) of the appliance prints of files, with limits on lengths and depth. */
final class FindOutput {

    /** The argument of {@code -printf}, behind the level, which whoever calls find puts in front. */
    static final String FORMAT = " %y %m %U %G %s %T@ %i %n\\0%P\\0%l\\0";

    /** Directories inside each other before a tree is taken for hostile; PATH_MAX of Linux allows no more. */
    static final int MAX_DEPTH = 2048;

    /** Bytes of one field; names have 255, paths and link targets are longer. */
    private static final int MAX_FIELD = 64 << 10;

    private static final int NUMBERS = 9;

    /**
     * One file.
     *
     * @param level what find prints first
     * @param path from the root of the file system
     */
    record Found(int level, GuestPath path, FileList.Node node) {}

    private FindOutput() {}

    /**
     * Reads it to its end.
     *
     * @param top where find began
     * @param subject how to name the file system to the user
     * @throws ImageException SOURCE when the tree is too deep
     */
    static void read(InputStream stream, long length, GuestPath top, String subject, Consumer<Found> files)
            throws IOException {
        Fields fields = new Fields(stream, length, subject);
        Paths paths = new Paths(top, subject);
        while (fields.more()) {
            String[] numbers = fields.text().split(" ", -1);
            GuestPath path = paths.path(fields.next());
            byte[] target = fields.next();
            if (numbers.length != NUMBERS) {
                throw new IOException("find of the appliance speaks another way than expected");
            }
            files.accept(found(numbers, path, Bytes.of(target)));
        }
    }

    private static Found found(String[] numbers, GuestPath path, Bytes target) throws IOException {
        try {
            FileStat stat = new FileStat(
                    type(numbers[1]),
                    Integer.parseInt(numbers[2], 8),
                    Integer.parseUnsignedInt(numbers[3]),
                    Integer.parseUnsignedInt(numbers[4]),
                    Long.parseLong(numbers[5]),
                    seconds(numbers[6]),
                    Long.parseUnsignedLong(numbers[7]),
                    Integer.parseInt(numbers[8]),
                    nanoseconds(numbers[6]));
            return new Found(Integer.parseInt(numbers[0]), path, new FileList.Node(stat, target, numbers[6]));
        } catch (ArithmeticException | NumberFormatException odd) {
            throw new IOException("find of the appliance gives a number that is none: " + odd.getMessage());
        }
    }

    /** Whole seconds of {@code 1600000000.1234567890}, rounded down. */
    private static long seconds(String time) {
        return new BigDecimal(time).setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    private static int nanoseconds(String time) {
        return new BigDecimal(time)
                .subtract(BigDecimal.valueOf(seconds(time)))
                .movePointRight(9)
                .intValue();
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
                throw new IOException("find of the appliance lists a file before its directory");
            }
            return directories.element();
        }
    }

    static ImageException tooDeep(String subject) {
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
