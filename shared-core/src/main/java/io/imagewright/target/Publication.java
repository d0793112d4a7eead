package io.imagewright.target;

import java.util.List;

/**
 * What publishing an image does, or did, to a store.
 *
 * @param outcome what becomes of the version
 * @param files names of those that are sent, in their order
 * @param bytes of those files
 * @param pruned versions of the same image that the store's rule removes then, the oldest first
 */
public record Publication(Outcome outcome, List<String> files, long bytes, List<String> pruned) {

    /** What becomes of the version. */
    public enum Outcome {
        /** The store did not have it. */
        PUBLISHED,
        /** The store had other files of it, and got these in their place. */
        REPLACED,
        /** The store has the same files already; nothing is sent. */
        UNCHANGED
    }

    /** Copies the lists. */
    public Publication {
        files = List.copyOf(files);
        pruned = List.copyOf(pruned);
    }
}
