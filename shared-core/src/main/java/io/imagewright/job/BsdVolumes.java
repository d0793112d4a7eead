package io.imagewright.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.imagewright.disk.BsdLabel;
import io.imagewright.disk.FileSystemInfo;
import io.imagewright.guest.Volume;

/** What the BSD disklabels of a disk make of its partitions, and how the BSD calls it in its fstab. */
final class BsdVolumes {

    /** Type of a partition that has such a label. */
    static final String LABEL = "BSD_disklabel";

    /** The first disk by each driver: NetBSD's of IDE, SCSI, VirtIO, NVMe and Xen; OpenBSD has the first two. */
    private static final List<String> DISKS = List.of("wd0", "sd0", "ld0", "xbd0", "dk0");

    private static final List<String> FREEBSD_DISKS = List.of("ada0", "da0", "vtbd0", "nda0", "nvd0", "ad0", "xbd0");

    private final List<Volume> partitions;
    private final Map<Integer, BsdLabel> labels;

    /** @param labels by the number of the partition in which each lies */
    BsdVolumes(List<Volume> partitions, Map<Integer, BsdLabel> labels) {
        this.partitions = List.copyOf(partitions);
        this.labels = labels;
    }

    /**
     * A partition of a label.
     *
     * @param within the partition with the label
     * @param offset bytes from the start of that partition
     */
    record Found(int within, char letter, boolean fileSystem, long offset, long length, List<String> names) {

        String subject() {
            return "partition " + letter + " of the disklabel in " + Volume.name(within);
        }

        Volume volume(int number, FileSystemInfo info) {
            // whatever else is found in its place is none of theirs
            boolean known = info.type().equals(Volume.UFS);
            return new Volume(
                    number,
                    known ? info.type() : "",
                    known ? info.uuid() : "",
                    known ? info.label() : "",
                    "",
                    "",
                    0,
                    length,
                    within,
                    names,
                    "");
        }
    }

    /** All, in the order of partitions and of letters. */
    List<Found> slots() {
        List<Found> found = new ArrayList<>();
        for (Volume partition : partitions) {
            BsdLabel label = labels.get(partition.partition());
            if (label != null) {
                label.slots()
                        .forEach(slot -> found.add(new Found(
                                partition.partition(),
                                slot.letter(),
                                slot.fileSystem(),
                                slot.offset() - partition.offset(),
                                slot.length(),
                                names(label, partition.partition(), slot.letter())
                                        .toList())));
            }
        }
        return found;
    }

    /** A partition with the names that labels of others give it: OpenBSD knows the EFI system partition as {@code sd0i}. */
    Volume named(Volume partition) {
        List<String> names = labels.entrySet().stream()
                .flatMap(label -> label.getValue().foreign().stream()
                        .filter(slot -> slot.offset() == partition.offset())
                        .flatMap(slot -> names(label.getValue(), label.getKey(), slot.letter())))
                .toList();
        return names.isEmpty() ? partition : partition.withNames(names);
    }

    private static Stream<String> names(BsdLabel label, int within, char letter) {
        if (label.system().equals("freebsd")) {
            return FREEBSD_DISKS.stream().map(disk -> "/dev/" + disk + "s" + within + letter);
        }
        Stream<String> others =
                label.uid().isEmpty() ? Stream.of("ROOT." + letter) : Stream.of(label.uid() + "." + letter);
        return Stream.concat(DISKS.stream().map(disk -> "/dev/" + disk + letter), others);
    }
}
