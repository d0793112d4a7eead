package io.imagewright.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the kernel says about block devices. */
final class BlockDevice {

    private static final int DEFAULT_SECTOR = 512;
    private static final int TYPE_MASK = 0170000;
    private static final int TYPE = 0060000;

    private BlockDevice() {}

    static boolean is(Path real) throws IOException {
        return Files.getAttribute(real, "unix:mode") instanceof Integer mode && (mode & TYPE_MASK) == TYPE;
    }

    /** Logical sector size; a partition's is that of its disk. */
    static int sectorSize(Path real) throws IOException {
        if (!(Files.getAttribute(real, "unix:rdev") instanceof Long device)) {
            return DEFAULT_SECTOR;
        }
        long major = (device >>> 8 & 0xFFF) | (device >>> 32 & ~0xFFFL);
        long minor = (device & 0xFF) | (device >>> 12 & ~0xFFL);
        Path entry = Path.of("/sys/dev/block/" + major + ":" + minor);
        if (!Files.exists(entry)) {
            return DEFAULT_SECTOR;
        }
        Path directory = entry.toRealPath();
        for (Path disk : List.of(directory, directory.resolve("..").normalize())) {
            Path file = disk.resolve("queue/logical_block_size");
            if (Files.exists(file)) {
                return Integer.parseInt(Files.readString(file).strip());
            }
        }
        return DEFAULT_SECTOR;
    }
}
