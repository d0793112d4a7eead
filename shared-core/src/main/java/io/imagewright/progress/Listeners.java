package io.imagewright.progress;

import java.util.List;

/** Puts listeners together. */
public final class Listeners {

    private Listeners() {}

    /** A listener that passes each event to all of these, in this order. */
    public static ProgressListener all(ProgressListener... listeners) {
        List<ProgressListener> targets = List.of(listeners);
        return event -> targets.forEach(target -> target.on(event));
    }
}
