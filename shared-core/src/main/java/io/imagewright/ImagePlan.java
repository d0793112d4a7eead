package io.imagewright;

import java.util.List;
import java.util.Map;

import io.imagewright.guest.Facts;
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
        List<String> warnings) {

    /** Copies the lists. */
    public ImagePlan {
        operations = List.copyOf(operations);
        files = List.copyOf(files);
        warnings = List.copyOf(warnings);
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
     * @param bytes content that it removes; that an action writes
     */
    public record OperationPlan(String name, String skipped, long bytes, List<PlannedChange> changes) {

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
     */
    public record PlannedChange(String path, String change) {}
}
