package io.imagewright.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the kernel says about block devices. */
final class BlockDevice {

    private static final int DEFAULT_SECTOR = 512;
    private static final int TYPE_MASK = 0170000;
    private static final int TYPE = 0060000;
    private static final int FIFO = 0010000;

    private BlockDevice() {}

    static boolean is(Path real) throws IOException {
        return Files.getAttribute(real, "unix:mode") instanceof Integer mode && (mode & TYPE_MASK) == TYPE;
    }

    /** Whether it is a FIFO. */
    static boolean isPipe(Path real) throws IOException {
        return Files.getAttribute(real, "unix:mode") instanceof Integer mode && (mode & TYPE_MASK) == FIFO;
    }

    /** Logical sector size; a partition's is that of its disk. */
    static int sectorSize(Path real) throws IOException {
        Optional<Path> entry = entry(real);
        if (entry.isEmpty()) {
            return DEFAULT_SECTOR;
        }
        Path directory = entry.get();
        for (Path disk : List.of(directory, directory.resolve("..").normalize())) {
            Path file = disk.resolve("queue/logical_block_size");
            if (Files.exists(file)) {
                return Integer.parseInt(Files.readString(file).strip());
            }
        }
        return DEFAULT_SECTOR;
    }

    /** The device's directory in sysfs, by real path; empty where there is no sysfs. */
    static Optional<Path> entry(Path real) throws IOException {
        if (!(Files.getAttribute(real, "unix:rdev") instanceof Long device)) {
            return Optional.empty();
        }
        long major = (device >>> 8 & 0xFFF) | (device >>> 32 & ~0xFFFL);
        long minor = (device & 0xFF) | (device >>> 12 & ~0xFFL);
        Path entry = Path.of("/sys/dev/block/" + major + ":" + minor);
        return Files.exists(entry) ? Optional.of(entry.toRealPath()) : Optional.empty();
    }
}
