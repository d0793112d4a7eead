package io.imagewright.source;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

import io.imagewright.disk.SourceImage;
import io.imagewright.disk.SparseWriter;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import org.jspecify.annotations.Nullable;

/** Working files with what was in a medium. */
final class Unpacked {

    /** Bytes of one disk: more than any compressed download has, and hours of unpacking nothing. */
    private static final long MAXIMUM_SIZE = 8L << 40;

    /** Left free for the small files of a build. */
    private static final long RESERVE = 64 << 20;

    private static final int LONGEST_NAME = 200;

    /** Makes the stream of what is unpacked. */
    interface Decoder {

        InputStream decode(InputStream packed) throws IOException;
    }

    /** Opens what is packed. */
    interface Packed {

        InputStream open() throws IOException;
    }

    private final Path medium;
    private final String name;
    private final Opening opening;

    /** @param name of the medium to the user */
    Unpacked(Path medium, String name, Opening opening) {
        this.medium = medium;
        this.name = name;
        this.opening = opening;
    }

    /** A new file for a disk of this name, in a directory of its own: nothing that the disk names lies beside it. */
    Path file(String disk) {
        boolean isPlain = disk.length() <= LONGEST_NAME && disk.matches("[^/\\p{Cntrl}]+") && !disk.matches("\\.+");
        try {
            Files.createDirectories(opening.directory());
            return Files.createTempDirectory(opening.directory(), "unpacked").resolve(isPlain ? disk : "disk");
        } catch (IOException failure) {
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot unpack " + name,
                    String.valueOf(failure.getMessage()),
                    "Check the file system that holds the work directory.",
                    failure);
        }
    }

    /** Writes what the decoder gives; nothing is left of it after a failure. */
    void write(Path target, Decoder decoder, Packed packed, LongConsumer bytesRead) {
        boolean done = false;
        try (CountingStream counted = new CountingStream(packed.open());
                InputStream in = decoder.decode(counted)) {
            long free = Files.getFileStore(opening.directory()).getUsableSpace();
            SparseWriter.Limits limits = new SparseWriter.Limits(MAXIMUM_SIZE, Math.max(0, free - RESERVE));
            SparseWriter.write(in, target, limits, () -> bytesRead.accept(counted.count));
            done = true;
        } catch (SparseWriter.TooLarge tooLarge) {
            throw tooLarge(tooLarge.ofSize());
        } catch (EOFException cut) {
            throw damaged("it is cut short", cut);
        } catch (NoSuchFileException | AccessDeniedException unreadable) {
            // as of any other medium
            SourceImage.open(medium, null, medium.toAbsolutePath(), opening.exec());
            throw damaged("it cannot be opened", unreadable);
        } catch (IOException failure) {
            throw damaged("it cannot be unpacked: " + printable(failure), failure);
        } finally {
            if (!done) {
                remove(target);
            }
        }
    }

    /**
     * Opens a file that was written.
     *
     * @param format of the disk; null to have it found
     * @param word from the disk's format to the medium's
     */
    SourceImage open(Path disk, @Nullable String format, UnaryOperator<String> word) {
        try {
            SourceImage image = SourceImage.open(disk, format, disk, opening.exec());
            return image.unpackedFrom(medium.toRealPath(), word.apply(image.format()), name);
        } catch (IOException failure) {
            throw damaged(printable(failure), failure);
        } catch (ImageException failure) {
            throw failure.about(List.of(name));
        }
    }

    ImageException damaged(String reason, Exception cause) {
        return ImageException.of(
                Kind.SOURCE,
                "Cannot read " + medium,
                reason,
                "The file is damaged or was not copied whole: copy it again from where it was made.",
                cause);
    }

    private ImageException tooLarge(boolean ofSize) {
        return ofSize
                ? ImageException.of(
                        Kind.SOURCE,
                        "Refused to unpack " + medium,
                        "its disk is larger than " + (MAXIMUM_SIZE >> 40) + " TiB",
                        "Unpack it yourself if that is right, and name the disk.")
                : ImageException.of(
                        Kind.ENVIRONMENT,
                        "Not enough space in " + opening.directory(),
                        name + " has more data than is free there",
                        Message.of("Free some space, or choose another work directory (", SettingName.TMPDIR, ")."));
    }

    private static String printable(IOException failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\p{Cntrl}", "?");
    }

    private static void remove(Path target) {
        try {
            Files.deleteIfExists(target);
            Path directory = target.getParent();
            if (directory != null) {
                Files.deleteIfExists(directory);
            }
        } catch (IOException kept) {
            // goes with the work directory
        }
    }

    private static final class CountingStream extends FilterInputStream {

        private long count;

        CountingStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
