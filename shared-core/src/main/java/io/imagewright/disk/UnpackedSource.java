package io.imagewright.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A disk that was unpacked from the medium into a working file.
 *
 * @param disk the working file
 * @param medium real path of what the user named
 * @param format word of the medium's format, for example {@code raw.gz}
 * @param name of the disk to the user
 */
record UnpackedSource(SourceImage disk, Path medium, String format, String name) implements SourceImage {

    @Override
    public Path path() {
        return disk.path();
    }

    @Override
    public List<Path> files() {
        return List.of(medium);
    }

    @Override
    public boolean isUnpacked() {
        return true;
    }

    @Override
    public boolean isRaw() {
        return disk.isRaw();
    }

    @Override
    public long virtualSize() {
        return disk.virtualSize();
    }

    @Override
    public long storedSize() {
        return disk.storedSize();
    }

    @Override
    public long copySize() {
        return disk.copySize();
    }

    @Override
    public int sectorSize() {
        return disk.sectorSize();
    }

    @Override
    public List<String> warnings() throws IOException {
        return disk.warnings();
    }

    @Override
    public DiskReader reader(Path workDirectory) throws IOException {
        return disk.reader(workDirectory);
    }

    @Override
    public void extract(long offset, long length, Path target, LongConsumer bytesDone) throws IOException {
        disk.extract(offset, length, target, bytesDone);
    }
}
