package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Programs run by {@code src/it/unprivileged.sh}: as an ordinary user, whoever runs the tests. */
final class Unprivileged {

    private Unprivileged() {}

    /** How to start a program, which follows. It says first that it is unprivileged, having tried. */
    static List<String> launcher() {
        return List.of(Path.of("../src/it/unprivileged.sh")
                .toAbsolutePath()
                .normalize()
                .toString());
    }

    /** Lets this user list and enter, and where asked write. */
    static Path open(Path directory, boolean writable) throws IOException {
        return Files.setPosixFilePermissions(
                directory, PosixFilePermissions.fromString(writable ? "rwxrwxrwx" : "rwxr-xr-x"));
    }

    /** The class path of this test as copies in that directory: root's repository is nobody else's business. */
    static String classPath(Path directory) throws IOException {
        Files.createDirectories(directory);
        List<String> copies = new ArrayList<>();
        for (Path entry : Requests.classPath()) {
            Path copy = directory.resolve(copies.size() + "-" + entry.getFileName());
            GuestDisk.run("cp", "-rL", entry.toString(), copy.toString());
            copies.add(copy.toString());
        }
        GuestDisk.run("chmod", "-R", "a+rX", directory.toString());
        return String.join(":", copies);
    }
}
