package io.imagewright.disk;

import java.io.IOException;

/** Reads whatever partition table a disk has. */
public final class PartitionTables {

    private PartitionTables() {}

    /**
     * Reads the table as Linux would see it: a GPT where a protective MBR announces one (the backup when the primary copy is
     * bad), else an MBR, else none, as for a disk that a file system fills.
     *
     * @param mbrSectorSize bytes per sector that an MBR's numbers count; a GPT records its own
     * @throws io.imagewright.error.ImageException SOURCE when the table is damaged, or partitions overlap or leave the disk
     */
    public static PartitionTable read(DiskReader disk, int mbrSectorSize) throws IOException {
        NoTable none = new NoTable(mbrSectorSize, disk.size() / mbrSectorSize);
        if (disk.size() < MbrSector.SIZE) {
            return none;
        }
        MbrSector first = MbrSector.read(disk, 0);
        if (!first.signed()) {
            return none;
        }
        if (first.protective()) {
            return new GptReader(disk, first).read();
        }
        if (!first.sane() || WholeDiskFileSystem.fills(disk, first)) {
            return none;
        }
        return new MbrReader(disk, mbrSectorSize).read(first);
    }
}
