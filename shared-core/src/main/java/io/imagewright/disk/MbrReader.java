package io.imagewright.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.imagewright.disk.Partition.Role;

/** Reads an MBR's chain of logical partitions the way of Linux (block/partitions/msdos.c), but refuses what Linux silently drops. */
final class MbrReader {

    /** More logical partitions than any kernel gives a device; a longer chain is an attack or a wreck. */
    private static final int MAXIMUM_LOGICAL = 256;

    private static final String REPAIR = "Repair the table with sfdisk.";

    private final DiskReader disk;
    private final int sectorSize;
    private final long diskSectors;

    MbrReader(DiskReader disk, int sectorSize) {
        this.disk = disk;
        this.sectorSize = sectorSize;
        this.diskSectors = disk.size() / sectorSize;
    }

    MbrTable read(MbrSector mbr) throws IOException {
        MbrTable primaries = new MbrTable(sectorSize, mbr, List.of());
        PartitionBounds.check(primaries.partitions(), 1, diskSectors);
        List<Partition> extended = primaries.partitions().stream()
                .filter(partition -> partition.role() == Role.EXTENDED)
                .toList();
        if (extended.size() > 1) {
            throw PartitionBounds.error("it has " + extended.size() + " extended partitions", REPAIR);
        }
        if (extended.isEmpty()) {
            return primaries;
        }
        MbrTable table = new MbrTable(sectorSize, mbr, chain(extended.get(0)));
        PartitionBounds.check(table.partitions(), 1, diskSectors);
        noLinkInsidePartition(table);
        return table;
    }

    private List<Ebr> chain(Partition extended) throws IOException {
        List<Ebr> chain = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        Optional<Long> next = Optional.of(extended.start());
        while (next.isPresent()) {
            long sector = next.get();
            if (sector < extended.start() || sector >= extended.start() + extended.sectors()) {
                throw error(chain, "leads to sector " + sector + " outside the extended partition");
            }
            if (!seen.add(sector)) {
                throw error(chain, "leads back to sector " + sector);
            }
            if (chain.size() == MAXIMUM_LOGICAL) {
                throw error(chain, "has more than " + MAXIMUM_LOGICAL + " links");
            }
            Ebr ebr = new Ebr(sector, MbrSector.read(disk, sector * sectorSize));
            if (!ebr.content().signed()) {
                if (chain.isEmpty()) {
                    return List.of(); // an extended partition that was never filled
                }
                throw error(chain, "leads to sector " + sector + ", which is no boot record (0x55AA is missing)");
            }
            if (ebr.dataEntries() > 1) {
                throw error(chain, "has several partitions in the one boot record at sector " + sector);
            }
            chain.add(ebr);
            next = ebr.link().map(link -> extended.start() + link.start());
        }
        return chain;
    }

    private static RuntimeException error(List<Ebr> chain, String what) {
        long logical = chain.stream().filter(ebr -> ebr.data().isPresent()).count();
        return PartitionBounds.error("after " + logical + " logical partitions the chain " + what, REPAIR);
    }

    /** A boot record inside a logical partition would be rewritten into that one's data. */
    private static void noLinkInsidePartition(MbrTable table) {
        for (Ebr ebr : table.chain()) {
            for (Partition partition : table.partitions()) {
                if (partition.role() == Role.LOGICAL
                        && ebr.sector() >= partition.start()
                        && ebr.sector() - partition.start() < partition.sectors()) {
                    throw PartitionBounds.error(
                            "the boot record of a logical partition at sector " + ebr.sector() + " lies inside "
                                    + PartitionBounds.name(partition),
                            REPAIR);
                }
            }
        }
    }
}
