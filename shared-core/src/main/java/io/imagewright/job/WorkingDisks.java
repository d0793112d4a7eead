package io.imagewright.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

import io.imagewright.disk.SourceImage;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.exec.Exec;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;

/** All disks of a guest, in the guest's order. */
final class WorkingDisks implements AutoCloseable {

    private final List<WorkingDisk> disks = new ArrayList<>();

    private WorkingDisks() {}

    /** Takes all apart, as {@link WorkingDisk#open} does. */
    static WorkingDisks open(List<SourceImage> sources, Path directory, Exec exec, LongConsumer bytesDone)
            throws IOException {
        return all(sources, (source, index) -> WorkingDisk.open(source, index, directory, exec, bytesDone));
    }

    /** Reads the tables alone: nothing of a container is extracted, and what the partitions hold is not asked. */
    static WorkingDisks unread(List<SourceImage> sources, Path directory, Exec exec) throws IOException {
        return all(sources, (source, index) -> new WorkingDisk(source, index, directory, exec));
    }

    private interface Opening {

        WorkingDisk open(SourceImage source, int index) throws IOException;
    }

    private static WorkingDisks all(List<SourceImage> sources, Opening opening) throws IOException {
        WorkingDisks all = new WorkingDisks();
        try {
            for (SourceImage source : sources) {
                all.disks.add(named(opening, source, all.disks.size()));
            }
        } catch (IOException | ImageException failure) {
            all.close();
            throw failure;
        }
        return all;
    }

    /** A fault of one disk names that disk. */
    private static WorkingDisk named(Opening opening, SourceImage source, int index) throws IOException {
        try {
            return opening.open(source, index);
        } catch (ImageException failure) {
            throw failure.about(List.of(WorkingDisk.name(source, index)));
        }
    }

    /**
     * Refuses media of which one is another, by whatever name, or a part of another.
     *
     * @param media the disks of each
     * @throws ImageException DESCRIPTION naming both
     */
    static void requireDifferent(List<List<SourceImage>> media) throws IOException {
        for (int i = 0; i < media.size(); i++) {
            for (int j = 0; j < media.size(); j++) {
                Path medium = media.get(i).get(0).medium();
                if (i != j && isPart(medium, media.get(j).get(0))) {
                    throw ImageException.of(
                            ImageException.Kind.DESCRIPTION,
                            "Cannot take disk " + (i + 1) + " and disk " + (j + 1) + " for two disks of a guest",
                            "both are made of " + medium,
                            Message.of(
                                    "Name each disk once, as ",
                                    SettingName.SOURCE_MEDIA,
                                    " or as ",
                                    SettingName.SOURCE_DISKS,
                                    "."));
                }
            }
        }
    }

    private static boolean isPart(Path file, SourceImage source) throws IOException {
        for (Path part : source.files()) {
            if (Files.isSameFile(part, file)) {
                return true;
            }
        }
        return false;
    }

    List<WorkingDisk> all() {
        return List.copyOf(disks);
    }

    List<SourceImage> sources() {
        return disks.stream().map(WorkingDisk::source).toList();
    }

    /** The one that boots, and that deployment knows. */
    WorkingDisk first() {
        return disks.get(0);
    }

    /** The disk that a partition is on, or a partition of a disklabel. */
    WorkingDisk of(int number) {
        return disks.get(Volume.disk(number >= Volume.FIRST_INSIDE ? number - Volume.FIRST_INSIDE : number));
    }

    /** The partitions of all. */
    List<Volume> volumes() {
        return disks.stream().flatMap(disk -> disk.volumes().stream()).toList();
    }

    /** Whether the partition of this number holds ext2/3/4. */
    boolean isExt(int number) {
        return volumes().stream().anyMatch(volume -> volume.partition() == number && volume.isExt());
    }

    /** The same, and what lies in partitions that have a BSD disklabel. */
    List<Volume> withInside() {
        return disks.stream().flatMap(disk -> disk.withInside().stream()).toList();
    }

    /** Where the bytes of a partition, or of a partition of a disklabel, are now. */
    VolumeFile file(int number) {
        return of(number).file(number);
    }

    @Override
    public void close() throws IOException {
        for (WorkingDisk disk : disks) {
            disk.close();
        }
    }
}
