package io.imagewright.disk;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.imagewright.disk.Partition.Role;

/**
 * The disklabel of a BSD: what it makes of the one partition of the disk in which it lies, see {@code disklabel(5)} of each.
 *
 * @param system {@code freebsd}, {@code netbsd} or {@code openbsd}, by the type of the partition; empty when it is the whole disk
 * @param uid OpenBSD's DUID, 16 hexadecimal digits; empty when it has none
 * @param slots what lies in that partition, in the label's order; they do not overlap
 * @param foreign what lies elsewhere on the disk: other partitions of its table, which the label repeats
 */
public record BsdLabel(String system, String uid, List<Slot> slots, List<Slot> foreign) {

    /** In which partitions a label is looked for: types of an MBR and of a GPT. */
    private static final Map<String, String> SYSTEMS = Map.of(
            "a5", "freebsd",
            "a6", "openbsd",
            "a9", "netbsd",
            "516e7cb4-6ecf-11d6-8ff8-00022d09712b", "freebsd",
            "824cc7a0-36a8-11e3-890a-952519ad3f61", "openbsd");

    /**
     * A partition of the label.
     *
     * @param letter as in {@code sd0a}
     * @param fileSystem whether the label says that a file system of BSD (FFS, UFS) is in it
     * @param offset bytes from the start of the disk
     * @param length bytes
     */
    public record Slot(char letter, boolean fileSystem, long offset, long length) {

        long end() {
            return offset + length;
        }
    }

    /** Copies the lists. */
    public BsdLabel {
        slots = List.copyOf(slots);
        foreign = List.copyOf(foreign);
    }

    /**
     * Reads the label of a partition.
     *
     * @return empty when it is none of a BSD, or there is no label in it
     * @throws io.imagewright.error.ImageException SOURCE when the label is damaged
     */
    public static Optional<BsdLabel> read(DiskReader disk, int sectorSize, Partition partition) throws IOException {
        String system = partition.role() == Role.WHOLE_DISK ? "" : SYSTEMS.get(partition.type());
        return system == null ? Optional.empty() : new BsdLabelReader(disk, sectorSize, partition, system).read();
    }
}
