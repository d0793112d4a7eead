package io.imagewright.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/**
 * Finds disks that hold only the differences from a parent disk. qemu opens some of them without the parent and reads zeros where the parent's data
 * would be. One entry for each format whose parents qemu does not read; {@link ImageGraph} follows those of the other formats.
 */
final class ChildDisk {

    private interface Header {

        /** The parent as the image names it, for a message; empty when the image is complete. */
        Optional<String> parent(SparseFile file, Path path) throws IOException;
    }

    private record Format(String name, Header header, String merge) {}

    private static final String VIRTUALBOX = "`VBoxManage clonemedium`";

    private static final Map<String, Format> FORMATS = Map.of(
            ImageFormats.VPC,
            new Format("VHD", VhdFooter::parent, "`Merge-VHD` of Hyper-V or " + VIRTUALBOX),
            "vhdx",
            new Format("VHDX", VhdxMetadata::parent, "`Merge-VHD` of Hyper-V"),
            "vdi",
            new Format("VDI", VdiHeader::parent, VIRTUALBOX),
            "parallels",
            new Format("Parallels", ParallelsDescriptor::parent, "`prl_disk_tool merge` of Parallels"));

    private ChildDisk() {}

    /**
     * Refuses an image that its own header declares to be a child.
     *
     * @throws ImageException UNSUPPORTED naming the parent
     */
    static void refuse(SparseFile file, Path path, String format) throws IOException {
        Format known = FORMATS.get(format);
        if (known == null) {
            return;
        }
        Optional<String> parent = known.header().parent(file, path);
        if (parent.isPresent()) {
            throw ImageException.of(
                    Kind.UNSUPPORTED,
                    "Cannot read " + path,
                    "a child disk needs its parent, " + ReferencePolicy.printable(parent.get()) + ", and "
                            + known.name() + " images are not merged here",
                    "Merge it with its parent first, for example with " + known.merge() + ", and use the merged disk.");
        }
    }
}
