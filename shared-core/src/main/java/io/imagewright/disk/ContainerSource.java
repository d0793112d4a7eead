package io.imagewright.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** A disk inside an image file, read through qemu-img. */
record ContainerSource(ImageNode image, long virtualSize, long storedSize, QemuImg qemu) implements SourceImage {

    private static final int SECTOR = 512;

    @Override
    public String format() {
        return image.format();
    }

    @Override
    public Path path() {
        return image.file();
    }

    @Override
    public List<Path> files() {
        return image.files();
    }

    @Override
    public List<String> warnings() throws IOException {
        List<String> warnings = new ArrayList<>();
        for (ImageNode node : image.chain()) {
            if (node.format().equals(ImageFormats.QCOW2)) {
                try (SparseFile file = SparseFile.openRead(node.file())) {
                    Qcow2Header.read(file, node.file()).warnings(node.file()).forEach(warnings::add);
                }
            }
        }
        return warnings;
    }

    @Override
    public long copySize() {
        return Math.min(qemu.allocated(image), virtualSize);
    }

    @Override
    public int sectorSize() {
        return SECTOR;
    }

    @Override
    public DiskReader reader(Path workDirectory) {
        return new ContainerReader(this, workDirectory);
    }

    @Override
    public void extract(long offset, long length, Path target, LongConsumer bytesDone) throws IOException {
        if (offset % SECTOR != 0 || length % SECTOR != 0) {
            throw new IllegalArgumentException("not whole sectors: " + length + " bytes at " + offset);
        }
        try (GrowthWatch watch = new GrowthWatch(target, length, bytesDone)) {
            watch.start();
            qemu.convert(image, offset, length, target);
        }
        bytesDone.accept(length);
    }
}
