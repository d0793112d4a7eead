package io.imagewright.source.tree;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

import io.imagewright.compress.Compression;
import io.imagewright.disk.SparseFile;
import io.imagewright.disk.SparseWriter;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.exec.Command;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;

/**
 * Opens what a tree of files comes in: a directory, a tar (also one compressed by gzip, xz, zstd or bzip2), an OCI layout (directory or tar), what docker
 * save writes, or a squashfs.
 */
public final class TreeSource {

    /** Bytes of a tar: as much as a disk may have. */
    private static final long MAXIMUM_SIZE = 8L << 40;

    /** Left free for the small files of a build. */
    private static final long RESERVE = 64 << 20;

    private static final Limits LIMITS = Limits.ofTime(Duration.ofHours(2));
    /** Of what reads the format of an untrusted file: memory, too. */
    private static final Limits UNTRUSTED = new Limits(Duration.ofHours(2), Duration.ZERO, 2L << 30);

    /** How a shell ends without the program that it was to run. */
    private static final int NO_PROGRAM = 127;

    /** How a program ends by SIGXFSZ. */
    private static final int TOO_LARGE = 128 + 25;

    private static final Pattern NO_SPACE =
            Pattern.compile("No space left on device|Disk quota exceeded|File too large");
    private static final byte[] SQUASHFS = {'h', 's', 'q', 's'};

    private final Path source;
    private final Path directory;
    private final Exec exec;
    private final LongConsumer bytesRead;
    private int unpacked;

    private TreeSource(Path source, Path directory, Exec exec, LongConsumer bytesRead) {
        this.source = source;
        this.directory = directory;
        this.exec = exec;
        this.bytesRead = bytesRead;
    }

    /**
     * Reads the listing of a tree. The contents stay where they are, or are in the work directory.
     *
     * @param source is not changed
     * @param directory takes what is unpacked; exists
     * @param bytesRead takes the bytes of the source that were unpacked so far
     * @throws ImageException SOURCE when it is none of the above, damaged, or more than what is served; ENVIRONMENT when it does not fit into the directory
     */
    public static FileTree open(Path source, Path directory, Exec exec, LongConsumer bytesRead) {
        try {
            return new TreeSource(source.toRealPath(), directory, exec, bytesRead).open();
        } catch (TreeFault fault) {
            throw ImageException.of(
                    Kind.SOURCE,
                    "Cannot read the tree " + source,
                    String.valueOf(fault.getMessage()),
                    "Give a directory, a tar, an OCI layout, an archive by docker save, or a squashfs; make it again if it is"
                            + " damaged.",
                    fault);
        } catch (IOException failure) {
            throw FileFailure.unreadable(Kind.SOURCE, source, failure);
        }
    }

    private FileTree open() throws IOException {
        if (Files.isDirectory(source)) {
            if (directory.toRealPath().startsWith(source)) {
                throw ImageException.of(
                        Kind.DESCRIPTION,
                        "Cannot read the tree " + source,
                        "the work directory " + directory + " is in it",
                        "Choose a work directory and an output directory outside of it.");
            }
            Optional<List<TarReader.Place>> layers = Files.isRegularFile(source.resolve("oci-layout"))
                    ? ContainerImage.layers(ContainerImage.in(source))
                    : Optional.empty();
            return layers.isPresent() ? layered(layers.get()) : tree(packed());
        }
        if (!Files.isRegularFile(source)) {
            throw new TreeFault("it is neither a file nor a directory");
        }
        TarReader.Place file = new TarReader.Place(source, 0, Files.size(source));
        byte[] head = head(file);
        if (Arrays.equals(head, 0, SQUASHFS.length, SQUASHFS, 0, SQUASHFS.length)) {
            return tree(ofSquashfs());
        }
        return tree(plain(file));
    }

    /** The tree of a tar, or of the image that is in it. */
    private FileTree tree(TarReader.Place tar) throws IOException {
        FileTree tree = new FileTree(directory);
        TarReader.read(tar, new TreeFiller(tree));
        boolean isImage = tree.find("index.json").isPresent()
                || (tree.find("manifest.json").isPresent() && tree.find("etc").isEmpty());
        Optional<List<TarReader.Place>> layers =
                isImage ? ContainerImage.layers(ContainerImage.in(tree)) : Optional.empty();
        return layers.isPresent() ? layered(layers.get()) : tree;
    }

    private FileTree layered(List<TarReader.Place> layers) throws IOException {
        FileTree tree = new FileTree(directory);
        for (TarReader.Place layer : layers) {
            Layer.read(plain(layer), tree);
        }
        return tree;
    }

    private static byte[] head(TarReader.Place place) throws IOException {
        byte[] head = new byte[Compression.HEAD];
        try (SparseFile file = SparseFile.openRead(place.file())) {
            file.read(place.start(), ByteBuffer.wrap(head, 0, (int) Math.min(head.length, place.size())));
        }
        return head;
    }

    /** Unpacks what is compressed. */
    private TarReader.Place plain(TarReader.Place place) throws IOException {
        Optional<Compression> compression = Compression.of(head(place));
        if (compression.isEmpty()) {
            return place;
        }
        Path target = target();
        try (FileChannel channel = FileChannel.open(place.file(), StandardOpenOption.READ)) {
            channel.position(place.start());
            InputStream part = new Part(Channels.newInputStream(channel), place.size());
            try (InputStream in = compression.get().unpack(part)) {
                SparseWriter.write(
                        in,
                        target,
                        new SparseWriter.Limits(MAXIMUM_SIZE, free()),
                        () -> bytesRead.accept(position(channel) - place.start()));
            }
        } catch (SparseWriter.TooLarge tooLarge) {
            throw tooLarge(tooLarge.ofSize());
        } catch (EOFException cut) {
            throw new TreeFault("it is cut short");
        }
        return new TarReader.Place(target, 0, Files.size(target));
    }

    private static long position(FileChannel channel) {
        try {
            return channel.position();
        } catch (IOException unknown) {
            return 0;
        }
    }

    private ImageException tooLarge(boolean ofSize) {
        return ofSize
                ? ImageException.of(
                        Kind.SOURCE,
                        "Refused to unpack " + source,
                        "it is larger than " + (MAXIMUM_SIZE >> 40) + " TiB",
                        "Unpack it to a directory if that is right, and name that.")
                : ImageException.of(
                        Kind.ENVIRONMENT,
                        "Not enough space in " + directory,
                        source.getFileName() + " has more data than is free there",
                        "Free some space, or choose another work directory.");
    }

    private long free() throws IOException {
        return Math.max(0, Files.getFileStore(directory).getUsableSpace() - RESERVE);
    }

    private Path target() {
        unpacked++;
        return directory.resolve("tree." + unpacked + ".tar");
    }

    /** A directory as GNU tar reads it, which keeps names as bytes, owners, attributes, ACLs, devices and hard links. */
    private TarReader.Place packed() throws IOException {
        Path target = target();
        require(
                List.of(
                        "tar",
                        "--create",
                        "--file=" + target,
                        "--format=pax",
                        "--sort=name",
                        "--numeric-owner",
                        "--xattrs",
                        "--xattrs-include=*",
                        "--acls",
                        "--sparse",
                        "--one-file-system",
                        "--warning=no-file-ignored",
                        "--directory=" + source,
                        "."),
                LIMITS);
        return new TarReader.Place(target, 0, Files.size(target));
    }

    private TarReader.Place ofSquashfs() throws IOException {
        Path target = target();
        // in units of 512 bytes: what is unpacked ends with the space for it
        String script = "ulimit -f \"$3\"; exec sqfs2tar \"$1\" > \"$2\"";
        require(
                List.of("sh", "-c", script, "sh", source.toString(), target.toString(), Long.toString(free() / 512)),
                UNTRUSTED);
        return new TarReader.Place(target, 0, Files.size(target));
    }

    private void require(List<String> argv, Limits limits) throws TreeFault {
        ExecResult result = exec.run(new Command(argv, Map.of("LC_ALL", "C"), limits));
        if (result.exitCode() == 0) {
            return;
        }
        String said = result.stderr().lines().findFirst().orElse("exit code " + result.exitCode());
        String reason = said.replaceAll("\\p{Cntrl}", "?");
        if (result.exitCode() == NO_PROGRAM) {
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot read the tree " + source,
                    "the program sqfs2tar is not installed",
                    "Install it (Debian and Ubuntu: apt-get install squashfs-tools-ng).");
        }
        if (result.exitCode() == TOO_LARGE || NO_SPACE.matcher(result.stderr()).find()) {
            throw tooLarge(false);
        }
        if (result.stderr().contains("Permission denied")) {
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot read the tree " + source,
                    reason,
                    "Give the user who runs this program permission to read all of it.");
        }
        throw new TreeFault("it could not be read: " + reason);
    }

    /** The beginning of a stream, of this length. What is passed by is read, too. */
    private static final class Part extends InputStream {

        private final InputStream in;
        private long left;

        Part(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int count = in.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
