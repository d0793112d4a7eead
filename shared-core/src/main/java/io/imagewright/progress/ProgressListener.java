package io.imagewright.progress;

/** Receives the events of one build, in order. Implementations need not be thread-safe: a build calls from one thread at a time. */
@FunctionalInterface
public interface ProgressListener {

    /** Hears nothing. */
    ProgressListener NONE = event -> {};

    /** Called for each event; must return soon and must not throw. */
    void on(ProgressEvent event);
}
