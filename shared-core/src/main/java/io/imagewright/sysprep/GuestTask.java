package io.imagewright.sysprep;

import java.nio.file.Path;
import java.util.List;

/** What a program is to do on a guest whose tree has all changes of all operations in it. Only the engine libguestfs does it. */
public sealed interface GuestTask {

    /** What happens, in a few words. */
    String describe();

    /**
     * A program of the guest runs in the guest. When it fails, the user is warned.
     *
     * @param command program and arguments
     * @param purpose what it does, as in "make the store of trusted certificates again"
     */
    record InGuest(List<String> command, String purpose) implements GuestTask {

        /** Copies the command. */
        public InGuest {
            command = List.copyOf(command);
        }

        @Override
        public String describe() {
            return purpose + " (" + String.join(" ", command) + ")";
        }
    }

    /** A script of this machine runs where the guest is mounted. When it fails, the build does. */
    record OnMount(Path script) implements GuestTask {

        @Override
        public String describe() {
            return "run " + script + " on a mount of the guest";
        }
    }
}
