package io.imagewright.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/** A raw disk: a file or a block device. */
record RawSource(Path path, long virtualSize, long storedSize, int sectorSize) implements SourceImage {

    @Override
    public String format() {
        return ImageFormats.RAW;
    }

    @Override
    public long copySize() {
        return Math.min(storedSize, virtualSize);
    }

    @Override
    public List<Path> files() {
        return List.of(path);
    }

    @Override
    public DiskReader reader(Path workDirectory) throws IOException {
        return SparseFile.openRead(path);
    }

    @Override
    public void extract(long offset, long length, Path target, LongConsumer bytesDone) throws IOException {
        try (SparseFile from = SparseFile.openRead(path);
                SparseFile to = SparseFile.create(target, length)) {
            SparseCopy.copy(from, from.dataExtents(offset, length), to, -offset, bytesDone);
        }
    }
}
