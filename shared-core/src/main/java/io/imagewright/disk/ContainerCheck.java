package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** Checks that neither qemu nor this package's readers of headers make alone. */
final class ContainerCheck {

    private static final int VDI_DATA_AT = 0x158;
    private static final int VDI_BLOCK_SIZE_AT = 0x178;
    private static final int VDI_ALLOCATED_AT = 0x184;
    private static final int VDI_HEADER = 0x200;

    /** More than any file system of today holds in one file; also keeps sums of offsets far from overflow. */
    private static final long MAXIMUM_SIZE = 64L << 40;

    private ContainerCheck() {}

    /** All checks of one file of the chain; gives its virtual size. */
    static long check(ImageNode image, QemuImg qemu) throws IOException {
        wholeVdi(image);
        JsonNode info = qemu.info(image);
        long size = info.path("virtual-size").asLong(-1);
        virtualSize(image.file(), size);
        sameExtents(image, info);
        if (image.format().equals(ImageFormats.VMDK)) {
            qemu.check(image); // a vmdk that was cut short reads as zeros
        }
        return size;
    }

    static void virtualSize(Path image, long size) {
        if (size <= 0 || size > MAXIMUM_SIZE) {
            throw QemuImg.damaged(
                    image, "it claims a disk of " + Long.toUnsignedString(size) + " bytes; up to 64 TiB are served");
        }
    }

    /** qemu reads zeros behind the end of a VDI file that was cut short, and its check does not notice. */
    private static void wholeVdi(ImageNode image) throws IOException {
        if (!image.format().equals("vdi")) {
            return;
        }
        try (SparseFile file = SparseFile.openRead(image.file())) {
            if (file.size() < VDI_HEADER) {
                throw QemuImg.damaged(image.file(), "it ends inside its header");
            }
            ByteBuffer head = ByteBuffer.allocate(VDI_HEADER).order(ByteOrder.LITTLE_ENDIAN);
            file.read(0, head);
            long block = Integer.toUnsignedLong(head.getInt(VDI_BLOCK_SIZE_AT));
            long blocks = Integer.toUnsignedLong(head.getInt(VDI_ALLOCATED_AT));
            long needed = Integer.toUnsignedLong(head.getInt(VDI_DATA_AT)) + blocks * block;
            // block sizes other than this qemu refuses
            if (block == 1 << 20 && needed > file.size()) {
                throw QemuImg.damaged(
                        image.file(),
                        "it is cut short: it has " + file.size() + " bytes, but its blocks end at byte " + needed);
            }
        }
    }

    /** Should qemu read a descriptor otherwise than {@link VmdkDescriptor}, nothing may come out of what it opened. */
    private static void sameExtents(ImageNode image, JsonNode info) throws IOException {
        Set<Path> checked = new HashSet<>(image.extents());
        checked.add(image.file());
        for (JsonNode extent : info.path("format-specific").path("data").path("extents")) {
            String name = extent.path("filename").asText();
            if (!checked.contains(Path.of(name).toRealPath())) {
                throw new ReferencePolicy(image.file())
                        .refused("extent", name, image.file(), "its descriptor does not name it plainly");
            }
        }
    }
}
