package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The processes of this machine that use a file below a directory, as {@code proc(5)} shows them; those of other users are not seen. */
final class MountUsers {

    private static final Path PROC = Path.of("/proc");

    /** Named ones. */
    private static final int MOST = 5;

    private MountUsers() {}

    /** For example {@code sleep (process 4711)}. Only the name of a command is given: its arguments may hold secrets. */
    static List<String> of(Path directory) throws IOException {
        Path top = directory.toRealPath();
        List<String> users = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (users.size() < MOST && uses(process, top)) {
                    users.add(name(process) + " (process " + process.getFileName() + ")");
                }
            }
        }
        return users;
    }

    private static boolean uses(Path process, Path top) {
        return Stream.of("cwd", "root", "exe").anyMatch(link -> leadsInto(process.resolve(link), top))
                || anyIn(process.resolve("fd"), top)
                || anyIn(process.resolve("map_files"), top);
    }

    private static boolean anyIn(Path links, Path top) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(links)) {
            for (Path link : entries) {
                if (leadsInto(link, top)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | java.nio.file.DirectoryIteratorException goneOrForbidden) {
            return false;
        }
    }

    private static boolean leadsInto(Path link, Path top) {
        try {
            return Files.readSymbolicLink(link).startsWith(top);
        } catch (IOException | java.nio.file.InvalidPathException goneOrForbidden) {
            return false;
        }
    }

    private static String name(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip().replaceAll("\\p{Cntrl}", "?");
        } catch (IOException gone) {
            return "a command that has ended";
        }
    }
}
