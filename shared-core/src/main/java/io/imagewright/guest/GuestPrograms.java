package io.imagewright.guest;

import java.nio.file.Path;
import java.util.List;

import io.imagewright.exec.OutputLines;

/** Lets programs work on a guest's tree. What they change there is known to them alone. Not thread-safe. */
public interface GuestPrograms {

    /**
     * Runs a program of the guest in the guest: as root, with its tree and nothing else, without a network. What it starts ends with it.
     *
     * @param command program and arguments
     * @param output takes what it prints, on both streams, while it runs; by the calling thread
     * @throws io.imagewright.error.ImageException SOURCE with its last output when it fails or takes too long
     */
    void run(List<String> command, OutputLines output);

    /**
     * Has work done while the tree is mounted on a directory of this machine.
     *
     * @param directory an empty one; empty again when this returns
     * @throws io.imagewright.error.ImageException ENVIRONMENT when it cannot be mounted
     */
    void whileMounted(Path directory, Runnable work);
}
