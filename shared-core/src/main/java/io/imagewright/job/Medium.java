package io.imagewright.job;

import java.util.List;

import io.imagewright.guest.Mount;
import io.imagewright.guest.inspect.Recognition;

/** What the worker can do with a medium. */
sealed interface Medium {

    /**
     * It holds a guest that can be prepared.
     *
     * @param mounts the guest's file systems that the engine works on, the root first
     */
    record Served(List<Mount> mounts) implements Medium {}

    /**
     * It holds a guest whose facts can be read, but which this machine cannot change.
     *
     * @param mounts the guest's file systems, the root first
     */
    record ReadOnly(List<Mount> mounts) implements Medium {}

    /** It can only be taken as it is. */
    record Unsupported(Recognition.Unsupported recognition) implements Medium {}
}
