package io.imagewright;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Programs in a mount namespace of their own, where root and everybody else (as the root of a user namespace) may mount things that
 * nobody else sees and that go with the last process.
 */
final class PrivateMounts {

    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private PrivateMounts() {}

    /** How to start a program after this shell line; {@code $1}... are the arguments. */
    static List<String> after(String line, Object... arguments) {
        List<String> command = new ArrayList<>(List.of("unshare", ROOT ? "-m" : "-Urm", "--"));
        try {
            GuestDisk.run(List.of(command.get(0), command.get(1), "true").toArray(String[]::new));
        } catch (AssertionError failure) {
            throw new AssertionError(
                    "This test needs unshare (package util-linux) and, for other users than root, user namespaces"
                            + " (sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone); in a container,"
                            + " the capability SYS_ADMIN.",
                    failure);
        }
        String shift = "shift " + arguments.length + "; exec \"$@\"";
        command.addAll(List.of("sh", "-ec", line + "\n" + shift, "sh"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    /** In this directory lies a file system of this size. */
    static List<String> small(Path directory, int mebibytes) {
        return after("mount -t tmpfs -o size=\"$2\"m,mode=755 small \"$1\"", directory, mebibytes);
    }
}
