package io.imagewright.api;

import java.util.List;
import java.util.Map;

import io.imagewright.error.Message;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.manifest.Json;

/**
 * What a build would do.
 *
 * @param facts of the source
 * @param size virtual bytes of all disks of the source
 * @param operations those that are selected, the actions and the seal, in running order
 * @param shrink what becomes of the partitions, as a sentence
 * @param files names of the images that would be written
 * @param warnings what the user should look at, full sentences
 */
public record ImagePlan(
        Facts facts,
        long size,
        List<OperationPlan> operations,
        String shrink,
        List<String> files,
        List<Message> warnings) {

    /** Copies the lists. */
    public ImagePlan {
        operations = List.copyOf(operations);
        files = List.copyOf(files);
        warnings = List.copyOf(warnings);
    }

    /**
     * The plan in numbers.
     *
     * @param operations that would change something, actions and the seal among them
     * @param idle operations that would not
     * @param changes of all of them
     * @param filesRemoved files that are deleted or emptied
     * @param bytesRemoved content that is removed
     * @param bytesWritten content that actions write
     */
    public record Summary(
            int operations, int idle, int changes, long filesRemoved, long bytesRemoved, long bytesWritten) {}

    /** The plan in numbers. */
    public Summary summary() {
        int idle = (int) operations.stream()
                .filter(operation -> operation.changes().isEmpty())
                .count();
        return new Summary(
                operations.size() - idle,
                idle,
                operations.stream()
                        .mapToInt(operation -> operation.changes().size())
                        .sum(),
                operations.stream().mapToLong(OperationPlan::files).sum(),
                operations.stream()
                        .filter(operation -> !operation.isAction())
                        .mapToLong(OperationPlan::bytes)
                        .sum(),
                operations.stream()
                        .filter(OperationPlan::isAction)
                        .mapToLong(OperationPlan::bytes)
                        .sum());
    }

    /** For people. */
    public List<String> lines(String image) {
        return PlanText.of(image, this);
    }

    /** For programs: maps, lists, texts, numbers and flags, of which {@link Json} makes JSON. */
    public Map<String, Object> document(String image) {
        return Json.map(PlanJson.of(image, this));
    }

    /**
     * One operation's part.
     *
     * @param name of an operation of sysprep; of an action its place in the description, for example {@code customise[0].write}; of the
     *     seal {@code seal.} and what it does
     * @param skipped why it would not run; empty when it would
     * @param files that it deletes or empties
     * @param bytes content that it removes; that an action writes
     */
    public record OperationPlan(String name, String skipped, long files, long bytes, List<PlannedChange> changes) {

        /** Copies the list. */
        public OperationPlan {
            changes = List.copyOf(changes);
        }

        /** Whether this is an action that the user asked for, which writes. */
        public boolean isAction() {
            return name.startsWith("customise[");
        }
    }

    /**
     * One change to the guest.
     *
     * @param path in the guest, on one line whatever its bytes are
     * @param change what happens to it, in a few words
     * @param diff what becomes of a text, as lines of a unified diff; empty when it is no text, or may hold secrets
     */
    public record PlannedChange(String path, String change, List<String> diff) {

        /** Copies the list. */
        public PlannedChange {
            diff = List.copyOf(diff);
        }

        /** One that is no edit of a text. */
        public PlannedChange(String path, String change) {
            this(path, change, List.of());
        }
    }
}
