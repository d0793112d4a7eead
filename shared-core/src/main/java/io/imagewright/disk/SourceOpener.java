package io.imagewright.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.jspecify.annotations.Nullable;

/** From a path to a {@link SourceImage}: what it is, whether it is whole, and whether it may be read. */
final class SourceOpener {

    private static final int SECTOR = 512;

    private static final String PIPE =
            "A disk is not read from its beginning to its end. Write it to a file first, also a"
                    + " compressed one, and name that.";

    private final QemuImg qemu;

    private final ImageUse use;

    SourceOpener(QemuImg qemu, ImageUse use) {
        this.qemu = qemu;
        this.use = use;
    }

    SourceImage open(Path media, @Nullable String forcedFormat) {
        String forced = forcedFormat == null ? null : ImageFormats.forced(forcedFormat);
        try {
            Path real = media.toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            boolean device = attributes.isOther() && BlockDevice.is(real);
            if (!attributes.isRegularFile() && !device) {
                if (isPipe(media) || BlockDevice.isPipe(real)) {
                    throw refused(media, "a pipe cannot be read", PIPE);
                }
                String what =
                        attributes.isDirectory() ? "it is a directory" : "it is neither a file nor a block device";
                throw refused(media, what, "Name a disk image file or a block device.");
            }
            return open(real, forced, device);
        } catch (NoSuchFileException e) {
            if (isPipe(media)) {
                throw refused(media, "a pipe cannot be read", PIPE);
            }
            throw refused(
                    media,
                    "no such file",
                    FileFailure.nearest(media)
                            + " A relative path counts from the directory of the project or description.");
        } catch (AccessDeniedException e) {
            throw refused(media, "permission denied", "Give the user who runs the build read access to it.");
        } catch (IOException e) {
            throw ImageException.of(Kind.SOURCE, "Cannot read " + media, FileFailure.reason(e), "Check the medium.", e);
        }
    }

    /** Standard input and other open files of the caller, which are no files of the process that reads the disk. */
    private static boolean isPipe(Path media) {
        String name = media.toString();
        return name.equals("/dev/stdin")
                || name.startsWith("/dev/fd/")
                || name.matches("/proc/[^/]+/fd/.*")
                || name.endsWith("/-");
    }

    private SourceImage open(Path real, @Nullable String forced, boolean device) throws IOException {
        use.check(real);
        String format;
        long size;
        long stored;
        try (SparseFile file = SparseFile.openRead(real)) {
            size = file.size();
            stored = device ? size : file.storedSize();
            if (size == 0) {
                throw refused(real, "it is empty", "Copy it again from where it was made.");
            }
            format = forced == null ? found(file, real) : forced;
        }
        if (!format.equals(ImageFormats.RAW)) {
            return container(real, format);
        }
        if (forced == null && !device) {
            try (SparseFile file = SparseFile.openRead(real)) {
                ForeignFile.refuse(file, real);
            }
        }
        if (size < SECTOR || size % SECTOR != 0) {
            throw refused(
                    real,
                    "it is not a disk image: no known format, and its " + size
                            + " bytes are not a whole number of sectors of 512 bytes",
                    "Name a disk image (raw, qcow2, vmdk, vhd, vdi ...), also compressed by gzip, xz, zstd or bzip2, or an OVA.");
        }
        ContainerCheck.virtualSize(real, size);
        return new RawSource(real, size, stored, device ? BlockDevice.sectorSize(real) : SECTOR);
    }

    private String found(SparseFile file, Path real) throws IOException {
        Optional<String> known = ImageFormats.found(file);
        if (known.isPresent()) {
            return known.get();
        }
        String probed = qemu.probe(real);
        if (probed.equals(ImageFormats.RAW)) {
            return VhdFooter.isFixed(file) || VhdFooter.isSparse(file) ? ImageFormats.VPC : probed;
        }
        // qemu must not find a format whose references were not looked at
        if (!ImageFormats.known(probed) || ImageFormats.canRefer(probed)) {
            throw ImageException.of(
                    Kind.UNSUPPORTED,
                    "Cannot read " + real,
                    "its format " + ReferencePolicy.printable(probed) + " is not served",
                    "Convert it to qcow2 with `qemu-img convert` first.");
        }
        return probed;
    }

    private ContainerSource container(Path real, String format) throws IOException {
        ImageNode image = new ImageGraph(new ReferencePolicy(real)).read(real, format);
        for (Path part : image.files().subList(1, image.files().size())) {
            use.check(part);
        }
        long size = ContainerCheck.check(image, qemu);
        for (ImageNode below : image.chain().subList(1, image.chain().size())) {
            ContainerCheck.check(below, qemu);
        }
        long stored = 0;
        for (Path path : image.files()) {
            try (SparseFile file = SparseFile.openRead(path)) {
                stored += Files.isRegularFile(path) ? file.storedSize() : file.size();
            }
        }
        return new ContainerSource(image, size, stored, qemu);
    }

    private static ImageException refused(Path media, String reason, String next) {
        return ImageException.of(Kind.SOURCE, "Cannot use the source " + media, reason, next);
    }
}
