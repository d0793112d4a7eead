package io.imagewright.customise;

import java.util.List;

import io.imagewright.guest.Change;

/**
 * What the actions would do.
 *
 * @param actions one for each action, in order
 */
public record CustomiseResult(List<Outcome> actions) {

    /** No action at all. */
    public static final CustomiseResult NOTHING = new CustomiseResult(List.of());

    /** Copies the list. */
    public CustomiseResult {
        actions = List.copyOf(actions);
    }

    /** All changes, in the order in which they must be applied. */
    public List<Change> changes() {
        return actions.stream().flatMap(action -> action.changes().stream()).toList();
    }

    /**
     * One action's part.
     *
     * @param name its place in the description, for example {@code customise[0].sshInject}
     */
    public record Outcome(String name, List<Change> changes) {

        /** Copies the changes. */
        public Outcome {
            changes = List.copyOf(changes);
        }

        /** Bytes of content that it writes. */
        public long written() {
            return changes.stream().mapToLong(Outcome::written).sum();
        }

        private static long written(Change change) {
            if (change instanceof Change.Upload upload) {
                return upload.size();
            }
            return change instanceof Change.Write write ? write.content().size() : 0;
        }
    }
}
