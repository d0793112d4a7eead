package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A FAT12, FAT16 or FAT32 file system as bytes: which of them it uses, and the names of deleted files in it. Offsets are those of the file
 * that holds it.
 */
public final class FatVolume {

    private FatVolume() {}

    /**
     * What of a volume is in use.
     *
     * @param extents in order; all of the volume when they are unknown
     * @param problem why they are unknown, for the log; empty when it can
     */
    public record Usage(List<Extent> extents, String problem) {}

    /**
     * The bytes that the file system uses: boot sectors, FATs, root directory and all clusters that are not free.
     *
     * @param offset where the file system starts in the file
     * @param length of its partition
     */
    public static Usage usedExtents(SparseFile file, long offset, long length) throws IOException {
        Optional<FatGeometry> found = geometry(file, offset, length);
        if (found.isEmpty()) {
            return new Usage(List.of(new Extent(offset, length)), "the boot sector of its FAT file system is damaged");
        }
        FatGeometry geometry = found.get();
        FatTable table = new FatTable(file, offset, geometry);
        List<Extent> extents = new ArrayList<>();
        long from = offset;
        long end = offset + geometry.firstData() * geometry.sectorSize();
        for (long cluster = 2; cluster < geometry.clusters() + 2; cluster++) {
            if (table.entry(cluster) == 0) {
                continue;
            }
            long start = offset + geometry.offset(cluster);
            if (start != end) {
                extents.add(new Extent(from, end - from));
                from = start;
            }
            end = start + geometry.clusterSize();
        }
        extents.add(new Extent(from, end - from));
        return new Usage(extents, "");
    }

    /**
     * Overwrites what directories still record of deleted files: all but the mark of deletion. Directories that do not look like some are left
     * alone, as is a volume whose boot sector is damaged.
     *
     * @param workingCopy written to in place
     * @return number of entries cleared
     */
    public static long clearDeletedEntries(SparseFile workingCopy, long offset, long length) throws IOException {
        Optional<FatGeometry> geometry = geometry(workingCopy, offset, length);
        return geometry.isEmpty() ? 0 : new FatDirectories(workingCopy, offset, geometry.get()).clear();
    }

    /** The geometry when it makes sense on this partition. */
    private static Optional<FatGeometry> geometry(SparseFile file, long offset, long length) throws IOException {
        if (length < MbrSector.SIZE || offset + length > file.size()) {
            return Optional.empty();
        }
        ByteBuffer sector = ByteBuffer.allocate(MbrSector.SIZE).order(ByteOrder.LITTLE_ENDIAN);
        file.read(offset, sector);
        if (!FatGeometry.plausible(sector)) {
            return Optional.empty();
        }
        FatGeometry geometry = FatGeometry.parse(sector);
        return geometry.sectors() * geometry.sectorSize() <= length ? Optional.of(geometry) : Optional.empty();
    }
}
