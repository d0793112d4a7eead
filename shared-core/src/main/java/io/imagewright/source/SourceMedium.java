package io.imagewright.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.imagewright.compress.Compression;
import io.imagewright.disk.SourceImage;
import io.imagewright.disk.SparseFile;
import io.imagewright.spec.NewDisk;
import org.jspecify.annotations.Nullable;

/** A medium of the description. Its kind is known, and nothing else of it has been read. */
public sealed interface SourceMedium permits DiskMedium, CompressedMedium, OvaMedium, TreeMedium {

    /**
     * Looks at the first bytes of the medium, or at the forced format.
     *
     * @param media a disk as {@link SourceImage#open} reads it, one compressed by gzip, xz, zstd or bzip2, or an OVA
     * @param forcedFormat null to have it found; {@code ova}, or a format of a disk, behind which {@code .gz}, {@code .xz}, {@code
     *     .zst} or {@code .bz2} may stand
     * @throws io.imagewright.error.ImageException DESCRIPTION for an unknown format
     */
    static SourceMedium of(Path media, @Nullable String forcedFormat, Path baseDirectory) {
        Path file = baseDirectory.resolve(media);
        if (forcedFormat != null) {
            return forced(file, forcedFormat);
        }
        if (Files.isRegularFile(file)) {
            try (SparseFile open = SparseFile.openRead(file.toRealPath())) {
                Optional<Compression> compression = Compression.of(head(open));
                if (compression.isPresent()) {
                    return new CompressedMedium(file.toRealPath(), compression.get(), null);
                }
                if (OvaMedium.isOva(file, open)) {
                    return new OvaMedium(file.toRealPath());
                }
            } catch (IOException unreadable) {
                // opening it as a disk says so
            }
        }
        return new DiskMedium(file, null);
    }

    /** The disk that is made of a tree of files. */
    static SourceMedium ofTree(Path tree, NewDisk made, Path baseDirectory) {
        return new TreeMedium(baseDirectory.resolve(tree), made);
    }

    private static SourceMedium forced(Path file, String format) {
        for (Compression compression : Compression.values()) {
            String end = "." + compression.extension();
            if (format.endsWith(end)) {
                String inner = format.substring(0, format.length() - end.length());
                return new CompressedMedium(file, compression, inner);
            }
        }
        return format.equals(OvaMedium.FORMAT) ? new OvaMedium(file) : new DiskMedium(file, format);
    }

    private static byte[] head(SparseFile file) throws IOException {
        byte[] head = new byte[Compression.HEAD];
        file.read(0, ByteBuffer.wrap(head, 0, (int) Math.min(head.length, file.size())));
        return head;
    }

    /** As the user named it, below the base directory. */
    Path path();

    /** The file whose digest is that of the medium. */
    default Path digested(Opening opening) {
        return path();
    }

    /** Whether opening it unpacks it. */
    boolean isPacked();

    /**
     * Number of disks in it; what is packed is not unpacked for that.
     *
     * @throws io.imagewright.error.ImageException SOURCE when it cannot be read
     */
    int disks();

    /**
     * Opens its disks, in the order of the guest.
     *
     * @throws io.imagewright.error.ImageException as {@link SourceImage#open}; SOURCE when it is damaged, or larger than what is served; ENVIRONMENT
     *     when it does not fit into the directory. Nothing of it is left there then.
     */
    List<SourceImage> open(Opening opening);
}
