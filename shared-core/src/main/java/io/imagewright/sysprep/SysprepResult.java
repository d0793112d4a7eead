package io.imagewright.sysprep;

import java.util.List;

import io.imagewright.guest.Change;
import io.imagewright.guest.VolumeId;

/**
 * What the selected operations would do.
 *
 * @param operations one for each operation that was selected, in running order
 * @param changes all changes, in the order in which they must be applied
 */
public record SysprepResult(List<Outcome> operations, List<Change> changes) {

    /** Copies the lists. */
    public SysprepResult {
        operations = List.copyOf(operations);
        changes = List.copyOf(changes);
    }

    /** The ids that volumes get. */
    public List<VolumeId> volumes() {
        return operations.stream()
                .flatMap(outcome -> outcome.volumes().stream())
                .toList();
    }

    /** What programs are to do. */
    public List<GuestTask> tasks() {
        return operations.stream().flatMap(outcome -> outcome.tasks().stream()).toList();
    }

    /**
     * One operation's part.
     *
     * @param changes what it would change in the guest's tree
     * @param volumes the ids that it gives to volumes
     * @param tasks what programs are to do afterwards
     * @param removed what it takes away
     * @param skipped why it does not run; empty when it does
     */
    public record Outcome(
            String name,
            List<Change> changes,
            List<VolumeId> volumes,
            List<GuestTask> tasks,
            Removed removed,
            String skipped) {

        /** Copies the lists. */
        public Outcome {
            changes = List.copyOf(changes);
            volumes = List.copyOf(volumes);
            tasks = List.copyOf(tasks);
        }

        Outcome with(Removed other) {
            return new Outcome(name, changes, volumes, tasks, other, skipped);
        }

        /** Content of regular files that it takes away. */
        public long bytes() {
            return removed.bytes();
        }
    }
}
