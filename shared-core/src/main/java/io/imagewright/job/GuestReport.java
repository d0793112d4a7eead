package io.imagewright.job;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.contents.Contents;
import io.imagewright.disk.DiskLayout;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.sysprep.Removed;
import org.jspecify.annotations.Nullable;

/**
 * What the worker found and did.
 *
 * @param disks of the guest, in its order
 * @param facts with the properties that the build adds, such as {@code SWAP}
 * @param operations every operation known for this guest, in running order
 * @param outcomes what the selected operations, the actions and the seal did, in order; empty after an inspection
 * @param parameters every parameter with its value
 * @param shrink what shrinking would do, as a sentence; of a plan only
 * @param timestamp seconds since the epoch that the build used
 * @param tools versions of the programs that took part, and digests of the jars of users' own operations
 * @param contents what is inside the guest, when it was built or when that was asked for
 * @param tree a {@link io.imagewright.disk.LayoutFile} of the finished guest's files as a tar; null when nobody asked for it, or when it is not known what
 *     lies on the disks
 */
public record GuestReport(
        List<Disk> disks,
        Facts facts,
        List<Operation> operations,
        List<Outcome> outcomes,
        List<Parameter> parameters,
        String shrink,
        long timestamp,
        Map<String, String> tools,
        Contents contents,
        @Nullable Path tree) {

    /** Copies the collections. */
    public GuestReport {
        disks = List.copyOf(disks);
        operations = List.copyOf(operations);
        outcomes = List.copyOf(outcomes);
        parameters = List.copyOf(parameters);
        tools = Map.copyOf(tools);
    }

    /** Virtual bytes of all sources. */
    public long sourceSize() {
        return disks.stream().mapToLong(Disk::size).sum();
    }

    /** Bytes that the files of all sources take. */
    public long sourceStored() {
        return disks.stream().mapToLong(Disk::stored).sum();
    }

    /**
     * Whether a build that used these tools would use the same ones today. Which engine a source takes is known only when it is open: a digest
     * names libguestfs where it is installed. Nor what is in a packed source.
     */
    public boolean hasTools(Map<String, String> used) {
        Map<String, String> today = new HashMap<>(tools);
        if (!used.containsKey(ToolVersions.LIBGUESTFS)) {
            today.remove(ToolVersions.LIBGUESTFS);
        }
        if (!used.containsKey(ToolVersions.QEMU_IMG)) {
            today.remove(ToolVersions.QEMU_IMG);
        }
        return today.equals(used);
    }

    /**
     * One disk.
     *
     * @param file name of its source, without a directory
     * @param format qemu's name of the source's format
     * @param size virtual bytes of the source
     * @param stored bytes that the source's files take
     * @param digest SHA-256 of what the build depends on; empty when nothing was built
     * @param partitionTable {@code msdos}, {@code gpt} or {@code none}
     * @param partitions of the finished disk
     * @param layout the finished disk; null when nothing was built
     */
    public record Disk(
            String file,
            String format,
            long size,
            long stored,
            String digest,
            String partitionTable,
            List<PartitionReport> partitions,
            @Nullable DiskLayout layout) {

        /** Copies the partitions. */
        public Disk {
            partitions = List.copyOf(partitions);
        }
    }

    /**
     * One operation.
     *
     * @param enabled whether it was selected
     * @param applies whether it makes sense for this guest
     */
    public record Operation(String name, List<String> aliases, String description, boolean enabled, boolean applies) {

        /** Copies the aliases. */
        public Operation {
            aliases = List.copyOf(aliases);
        }
    }

    /**
     * What one operation did.
     *
     * @param changes number of changes
     * @param bytes content removed; of actions, content written
     * @param removed what it took away
     * @param skipped why it did not run; empty when it did
     * @param planned each change; of a plan only
     */
    public record Outcome(
            String name, int changes, long bytes, Removed removed, String skipped, List<PlannedChange> planned) {

        /** Copies the list. */
        public Outcome {
            planned = List.copyOf(planned);
        }
    }

    /**
     * One change that a build would make: where, and what.
     *
     * @param diff what becomes of a text, as lines of a unified diff; empty when it is no text, or not shown
     */
    public record PlannedChange(String path, String change, List<String> diff) {

        /** Copies the list. */
        public PlannedChange {
            diff = List.copyOf(diff);
        }
    }

    /** One parameter with the value that counts. */
    public record Parameter(String name, String description, String type, String defaultValue, String value) {}

    /** One partition of a finished disk, its number that of the table, in the words of {@link io.imagewright.guest.Volume}; offset and size in bytes. */
    public record PartitionReport(
            int number,
            String type,
            long offset,
            long size,
            String fileSystem,
            String uuid,
            String label,
            String partUuid,
            String partLabel) {}
}
