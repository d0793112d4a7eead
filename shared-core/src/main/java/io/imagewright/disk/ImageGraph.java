package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/**
 * Finds all files that an image refers to by reading its headers, before qemu-img opens any of them, and checks each with the {@link
 * ReferencePolicy}.
 */
final class ImageGraph {

    private static final int MAXIMUM_DEPTH = 16;
    private static final int MAXIMUM_EXTENTS = 4096;

    /** Of a QED header (qemu's docs/interop/qed_spec.rst). */
    private static final int QED_FEATURES_AT = 16;

    private static final int QED_BACKING_AT = 56;
    private static final long QED_HAS_BACKING = 1;

    private final ReferencePolicy policy;
    private final Set<Path> chain = new LinkedHashSet<>();

    ImageGraph(ReferencePolicy policy) {
        this.policy = policy;
    }

    /** The image and what it refers to, down to the last backing file. */
    ImageNode read(Path image, String format) throws IOException {
        if (!chain.add(image)) {
            throw tooDeep(image, "its chain of backing files leads back to it");
        }
        if (chain.size() > MAXIMUM_DEPTH) {
            throw tooDeep(image, "its chain of backing files is longer than " + MAXIMUM_DEPTH);
        }
        try (SparseFile file = SparseFile.openRead(image)) {
            return switch (format) {
                case ImageFormats.QCOW2 -> qcow2(file, image);
                case ImageFormats.VMDK -> vmdk(file, image);
                case "qcow" -> withBacking(image, format, name(file, image, 8, 16, true));
                case "qed" -> withBacking(image, format, qedBacking(file, image));
                default -> {
                    ChildDisk.refuse(file, image, format);
                    yield ImageNode.single(image, format);
                }
            };
        }
    }

    private ImageNode qcow2(SparseFile file, Path image) throws IOException {
        Qcow2Header header = Qcow2Header.read(file, image);
        if (header.encrypted()) {
            throw ImageException.of(
                    Kind.UNSUPPORTED,
                    "Cannot read " + image,
                    "it is an encrypted qcow2",
                    "Decrypt it with `qemu-img convert` first.");
        }
        ContainerCheck.virtualSize(image, header.size());
        new Qcow2Truncation(file, image, header).check();
        Optional<Path> data = Optional.empty();
        if (header.externalData()) {
            String name = header.dataFile().orElse("");
            data = Optional.of(policy.resolve("data file", name, image));
        }
        Optional<ImageNode> backing = Optional.empty();
        if (header.backing().isPresent()) {
            backing = Optional.of(backing(image, header.backing().get(), header.backingFormat()));
        }
        return new ImageNode(image, ImageFormats.QCOW2, backing, data, List.of());
    }

    private ImageNode vmdk(SparseFile file, Path image) throws IOException {
        VmdkDescriptor descriptor = VmdkDescriptor.read(file, image);
        if (!descriptor.isPresent()) {
            throw ImageException.of(
                    Kind.UNSUPPORTED,
                    "Cannot read " + image,
                    "it is one part of a disk, and the descriptor that lists the parts is another file",
                    "Name the descriptor as the source, a small .vmdk file that lies beside the parts.");
        }
        Set<Path> extents = new LinkedHashSet<>();
        extents(descriptor, image, extents, 0);
        Optional<ImageNode> backing = Optional.empty();
        if (descriptor.parent().isPresent()) {
            backing = Optional.of(backing(image, descriptor.parent().get(), Optional.of(ImageFormats.VMDK)));
            requireUnchangedParent(descriptor, image, backing.get().file());
        } else if (descriptor.isChild()) {
            throw ImageException.of(
                    Kind.UNSUPPORTED,
                    "Cannot read " + image,
                    "a child disk needs its parent, the disk with the CID " + descriptor.parentCid()
                            + ", and its descriptor names no file",
                    "Merge it with its parent first, for example with `vmware-vdiskmanager -r`, and use the merged disk.");
        }
        return new ImageNode(image, ImageFormats.VMDK, backing, Optional.empty(), List.copyOf(extents));
    }

    /** VMware changes the CID of a disk that is written to; what its children hold does not fit any more. */
    private static void requireUnchangedParent(VmdkDescriptor child, Path image, Path parent) throws IOException {
        try (SparseFile file = SparseFile.openRead(parent)) {
            String cid = VmdkDescriptor.read(file, parent).cid();
            if (child.isChild() && !cid.equals(child.parentCid())) {
                throw ImageException.of(
                        Kind.SOURCE,
                        "Cannot read " + image,
                        "a child disk needs its parent as it was: " + parent + " has the CID " + cid
                                + ", and the child was made from " + child.parentCid(),
                        "Put the right parent there, or merge the disks where they were made.");
            }
        }
    }

    /** Extents may hold descriptors of their own; their names count from the directory of the first one. */
    private void extents(VmdkDescriptor descriptor, Path image, Set<Path> found, int depth) throws IOException {
        if (depth > MAXIMUM_DEPTH || found.size() + descriptor.extents().size() > MAXIMUM_EXTENTS) {
            throw tooDeep(image, "its descriptor names too many extents");
        }
        for (String name : descriptor.extents()) {
            Path extent = policy.resolve("extent", name, image);
            if (found.add(extent)) {
                try (SparseFile file = SparseFile.openRead(extent)) {
                    if (ImageFormats.sparseVmdk(file)) {
                        extents(VmdkDescriptor.read(file, extent), image, found, depth + 1);
                    }
                }
            }
        }
    }

    private ImageNode withBacking(Path image, String format, Optional<String> name) throws IOException {
        if (name.isEmpty()) {
            return ImageNode.single(image, format);
        }
        ImageNode backing = backing(image, name.get(), Optional.empty());
        return new ImageNode(image, format, Optional.of(backing), Optional.empty(), List.of());
    }

    private ImageNode backing(Path image, String name, Optional<String> format) throws IOException {
        Path real = policy.resolve(ReferencePolicy.BACKING, name, image);
        if (format.isPresent() && !ImageFormats.known(format.get())) {
            throw policy.refused(
                    "backing file",
                    name,
                    image,
                    "its format is said to be " + ReferencePolicy.printable(format.get()) + ", which is not served");
        }
        return read(real, format.isPresent() ? format.get() : found(real));
    }

    /** Old images do not record it; what shows no magic number is raw, since nothing may be guessed from a guest's bytes. */
    private static String found(Path image) throws IOException {
        try (SparseFile file = SparseFile.openRead(image)) {
            return ImageFormats.found(file).orElse(ImageFormats.RAW);
        }
    }

    private static Optional<String> qedBacking(SparseFile file, Path image) throws IOException {
        Optional<String> name = name(file, image, QED_BACKING_AT, QED_BACKING_AT + Integer.BYTES, false);
        ByteBuffer features = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        file.read(QED_FEATURES_AT, features);
        if (name.isEmpty() && (features.getLong(0) & QED_HAS_BACKING) != 0) {
            throw QemuImg.damaged(image, "a child disk needs its parent, and its header names none");
        }
        return name;
    }

    /** The backing file's name in the header of the two old formats of qemu. */
    private static Optional<String> name(SparseFile file, Path image, int at, int lengthAt, boolean qcow)
            throws IOException {
        ByteBuffer head = ByteBuffer.allocate(64);
        if (file.size() < head.capacity()) {
            throw QemuImg.damaged(image, "it ends inside its header");
        }
        file.read(0, head);
        head.order(qcow ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        long offset = qcow ? head.getLong(at) : Integer.toUnsignedLong(head.getInt(at));
        int length = head.getInt(lengthAt);
        if (offset == 0 || length == 0) {
            return Optional.empty();
        }
        if (length < 0 || length > 1023 || offset < 0 || offset > file.size() - length) {
            throw QemuImg.damaged(image, "the name of its backing file lies outside of it");
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        file.read(offset, bytes);
        String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        int end = text.indexOf(0);
        return Optional.of(end < 0 ? text : text.substring(0, end));
    }

    private ImageException tooDeep(Path image, String reason) {
        return ImageException.of(
                Kind.SOURCE,
                "Refused to read " + policy.source(),
                image + " cannot be followed: " + reason,
                "Flatten the image with `qemu-img convert` where it was made.");
    }
}
