package io.imagewright.format;

import java.util.List;

import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.Extent;
import io.imagewright.disk.Piece;
import org.jspecify.annotations.Nullable;

/** {@code extdump} keeps the promises of every output, of the partition between what lies before and behind it. */
public class ExtdumpOutputTest extends OutputWriterContract {

    private long size;

    @Override
    String format() {
        return "extdump";
    }

    @Override
    String qemuFormat() {
        return "raw";
    }

    @Override
    DiskLayout layout(TestDisk disk) throws Exception {
        TestDisk around = new TestDisk(folder.newFile().toPath(), 2 * MIB).random(0, (int) (2 * MIB));
        Piece partition = disk.layout().pieces().get(0);
        size = partition.length();
        return new DiskLayout(
                size + 2 * MIB,
                List.of(
                        new Piece(0, MIB, around.file(), 0),
                        new Piece(MIB, size, disk.file(), 0),
                        new Piece(MIB + size, MIB, around.file(), MIB)));
    }

    @Override
    @Nullable
    Extent window() {
        return new Extent(MIB, size);
    }

    @Override
    List<Long> positions() {
        return List.of(MIB, 2 * MIB, 3 * MIB, 4 * MIB, 8 * MIB, 8 * MIB);
    }
}
