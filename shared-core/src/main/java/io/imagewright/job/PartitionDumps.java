package io.imagewright.job;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.imagewright.error.CommandName;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.DumpRules;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.PartitionDump;

/** Lets dumps of the first partition be made only of a guest that boots from them. */
final class PartitionDumps {

    private final List<String> words;
    private final Optional<Volume> first;
    private final boolean shrinks;
    private final byte[] bootSector;

    private PartitionDumps(List<String> words, Optional<Volume> first, boolean shrinks, byte[] bootSector) {
        this.words = List.copyOf(words);
        this.first = first;
        this.shrinks = shrinks;
        this.bootSector = bootSector;
    }

    /** Those that a job asks for. */
    static PartitionDumps of(OpenedJob open) throws IOException {
        WorkingDisk disk = open.disks().first();
        Optional<Volume> first = disk.volumes().stream().min(Comparator.comparingLong(Volume::offset));
        List<String> words = open.job().outputs().dumps();
        if (words.isEmpty() || first.isEmpty()) {
            return new PartitionDumps(words, first, false, new byte[0]);
        }
        int number = first.get().partition();
        boolean shrinks = open.plans().get(0).shrink().target() == number;
        return new PartitionDumps(words, first, shrinks, disk.bootSector(number));
    }

    /**
     * Refuses them when the guest does not allow them.
     *
     * @param guest as it will be in the image, or a view of that
     * @throws ImageException DESCRIPTION with every rule that it breaks
     */
    void require(GuestTree guest, Facts facts) {
        for (String word : words) {
            PartitionDump dump = PartitionDump.of(word);
            List<Message> broken = first.map(
                            volume -> DumpRules.broken(dump, guest, facts, volume, bootSector, shrinks))
                    .orElse(List.of(Message.of("the first disk has no partition (take another format)")));
            if (!broken.isEmpty()) {
                throw DumpRules.refusal(dump, broken);
            }
        }
    }

    /** Refuses the dumps of a job that takes the disks as they are. */
    static void refuse(GuestJob job) {
        if (!job.outputs().dumps().isEmpty()) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Cannot write the disk as "
                            + String.join(" and ", job.outputs().dumps()),
                    "whether its first partition boots by itself is known only when the guest in it is looked at, and here the"
                            + " disk is taken as it is",
                    Message.of(
                            "Take the format diskdump, or build the image with ",
                            CommandName.BUILD,
                            " from a guest that is supported."));
        }
    }
}
