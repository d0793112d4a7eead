package io.imagewright.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import io.imagewright.error.Message;
import io.imagewright.exec.Exec;
import org.jspecify.annotations.Nullable;

/** The disk that a build starts from, in whatever file it comes. Never opened for writing. */
public sealed interface SourceImage permits RawSource, ContainerSource, UnpackedSource {

    /**
     * Looks at the medium, and at every file that it refers to before anything opens that. Such files must lie, by real path, in
     * the medium's directory or below.
     *
     * @param media a file in a format that qemu-img reads, or a block device
     * @param forcedFormat qemu's name of the format ({@code raw}, {@code qcow2}, {@code vmdk}, {@code vpc} or {@code vhd}, {@code
     *     vdi} ...); null to have it found. A raw disk from untrusted hands should be forced, as its guest may have written the
     *     header of another format into it.
     * @param baseDirectory what a relative path counts from
     * @throws io.imagewright.error.ImageException SOURCE when it is missing, unreadable, empty, damaged, no disk image, in use, or
     *     refers to a file elsewhere; DESCRIPTION for an unknown format; UNSUPPORTED when encrypted
     */
    static SourceImage open(Path media, @Nullable String forcedFormat, Path baseDirectory, Exec exec) {
        return open(media, forcedFormat, baseDirectory, exec, null);
    }

    /**
     * The same for a medium that may be in use: a machine has it open, it is mounted, or locked.
     *
     * @param inUse takes a warning then; null to refuse such media
     */
    static SourceImage open(
            Path media,
            @Nullable String forcedFormat,
            Path baseDirectory,
            Exec exec,
            @Nullable Consumer<Message> inUse) {
        QemuImg qemu = new QemuImg(exec, inUse != null);
        return new SourceOpener(qemu, new ImageUse(inUse)).open(baseDirectory.resolve(media), forcedFormat);
    }

    /**
     * This disk as one that was unpacked into a working file.
     *
     * @param medium real path of what the user named
     * @param format word of the medium's format, for example {@code raw.gz}
     * @param name of the disk to the user
     */
    default SourceImage unpackedFrom(Path medium, String format, String name) {
        return new UnpackedSource(this, medium, format, name);
    }

    /** qemu's name of the format; of what was unpacked, the medium's, for example {@code raw.gz}. */
    String format();

    /** How to name the disk to the user: the file's name. */
    default String name() {
        return String.valueOf(path().getFileName());
    }

    /** Real path of what the user named. */
    default Path medium() {
        return files().get(0);
    }

    /** Whether the bytes are in a working file, made from the medium. */
    default boolean isUnpacked() {
        return false;
    }

    /** Bytes of the disk. */
    long virtualSize();

    /** Bytes that all its files take on their disks. */
    long storedSize();

    /** Bytes that a sparse copy of the whole disk takes, at the most. */
    long copySize();

    /** Whether the bytes of {@link #path} are the disk's bytes. */
    default boolean isRaw() {
        return format().equals(ImageFormats.RAW);
    }

    /** Real path of the file that holds the disk, be it the medium or a working file. */
    Path path();

    /** Real paths of all files that it is made of, the medium first. */
    List<Path> files();

    /** What the user should know of its files though they can be read, a sentence each that names the file. */
    default List<String> warnings() throws IOException {
        return List.of();
    }

    /** Bytes per sector, as an MBR's numbers count them: what a block device says, else 512. */
    int sectorSize();

    /**
     * Random access, meant for tables and superblocks. Reading all of a container this way is slow: {@link #extract} is for that.
     *
     * @param workDirectory for small temporary files
     */
    DiskReader reader(Path workDirectory) throws IOException;

    /**
     * Copies a range into a new sparse file, reading only what is data (raw) or allocated (containers) there.
     *
     * @param target made, or overwritten; as long as the range
     * @param bytesDone receives from time to time how many bytes are written; never more than {@code length}. For a container from a
     *     thread of its own while this one waits.
     * @throws io.imagewright.error.ImageException ENVIRONMENT when the disk is full; CANCELLED when the thread is interrupted; the
     *     target is then left for the caller to remove
     */
    void extract(long offset, long length, Path target, LongConsumer bytesDone) throws IOException;
}
