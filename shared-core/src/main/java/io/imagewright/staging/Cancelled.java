package io.imagewright.staging;

import io.imagewright.error.ImageException;

/** Ends a build whose thread was interrupted, where nothing else would notice it. */
public final class Cancelled {

    private Cancelled() {}

    /**
     * Returns when nobody interrupted the thread.
     *
     * @param what what is not done any more, for example {@code Stopped before the build began}
     * @throws ImageException CANCELLED; the thread stays interrupted
     */
    public static void check(String what) {
        if (Thread.currentThread().isInterrupted()) {
            throw ImageException.of(ImageException.Kind.CANCELLED, what, "the build was cancelled", "");
        }
    }
}
