package io.imagewright.worker;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

import io.imagewright.disk.DiskLayout;
import io.imagewright.guest.Facts;

/**
 * What the worker found and did.
 *
 * @param sourceFormat qemu's name of the source's format
 * @param sourceSize virtual bytes
 * @param sourceStored bytes that its files take
 * @param sourceDigest SHA-256 of what the build depends on
 * @param partitionTable {@code msdos}, {@code gpt} or {@code none}
 * @param facts with the properties that the build adds, such as {@code SWAP}
 * @param operations every operation known for this guest, in running order
 * @param parameters every parameter with its value
 * @param partitions the finished disk's partitions
 * @param layout the finished disk; null after an inspection
 * @param timestamp seconds since the epoch that the build used
 * @param tools versions of the programs that took part
 */
public record GuestReport(
        String sourceFormat,
        long sourceSize,
        long sourceStored,
        String sourceDigest,
        String partitionTable,
        Facts facts,
        List<Operation> operations,
        List<Parameter> parameters,
        List<PartitionReport> partitions,
        @Nullable DiskLayout layout,
        long timestamp,
        Map<String, String> tools) {

    /** Copies the collections. */
    public GuestReport {
        operations = List.copyOf(operations);
        parameters = List.copyOf(parameters);
        partitions = List.copyOf(partitions);
        tools = Map.copyOf(tools);
    }

    /**
     * One operation.
     *
     * @param ran whether it was selected and applies
     * @param changes number of changes
     * @param bytes content removed
     */
    public record Operation(
            String name,
            List<String> aliases,
            String description,
            boolean enabled,
            boolean applies,
            boolean ran,
            int changes,
            long bytes) {

        /** Copies the aliases. */
        public Operation {
            aliases = List.copyOf(aliases);
        }
    }

    /** One parameter with the value that counts. */
    public record Parameter(String name, String description, String type, String defaultValue, String value) {}

    /** One partition of the finished disk; offset and size in bytes. */
    public record PartitionReport(
            int number, String type, String fileSystem, String label, String uuid, long offset, long size) {}
}
