package io.imagewright.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/**
 * Which files an image may refer to: regular ones that lie, by real path, in the directory of the source or below. Otherwise an image
 * from untrusted hands would carry any file of this machine into the output.
 *
 * @param source the image that the user named; real path
 */
record ReferencePolicy(Path source) {

    /** The role of the parent of a child disk. */
    static final String BACKING = "backing file";

    private static final String FILE_PROTOCOL = "file:";

    /** Stands for bytes that are not UTF-8: qemu would look for another file than this check. */
    private static final char UNDECODABLE = 0xFFFD;

    /**
     * The real path of what an image names.
     *
     * @param role what it is to the image, for the error, for example {@code backing file}
     * @param from the image that names it; a relative name counts from its directory
     */
    Path resolve(String role, String name, Path from) throws IOException {
        String plain = name.startsWith(FILE_PROTOCOL) ? name.substring(FILE_PROTOCOL.length()) : name;
        int colon = plain.indexOf(':');
        int slash = plain.indexOf('/');
        if (colon >= 0 && (slash < 0 || colon < slash)) {
            throw refused(role, name, from, "it is reached by a protocol, and only files are served");
        }
        if (plain.isEmpty() || plain.chars().anyMatch(c -> Character.isISOControl(c) || c == UNDECODABLE)) {
            throw refused(role, name, from, "that is no file name");
        }
        try {
            Path real = from.resolveSibling(plain).toRealPath();
            if (!real.startsWith(root())) {
                throw refused(role, name, from, "it lies outside of " + root());
            }
            if (!Files.isRegularFile(real)) {
                throw refused(role, name, from, "it is not a regular file");
            }
            return real;
        } catch (NoSuchFileException e) {
            throw ImageException.of(
                    Kind.SOURCE,
                    "Cannot read " + from,
                    (role.equals(BACKING) ? "a child disk needs its parent: " : "") + "its " + role + " "
                            + printable(name) + " is missing",
                    "Put it where the image names it (`qemu-img info` shows the name), or flatten the image with "
                            + "`qemu-img convert` where it was made.",
                    e);
        } catch (InvalidPathException e) {
            throw refused(role, name, from, "that is no file name");
        }
    }

    private Path root() {
        Path root = source.getParent();
        return root == null ? source : root;
    }

    ImageException refused(String role, String name, Path from, String reason) {
        return ImageException.of(
                Kind.SOURCE,
                "Refused to read " + from,
                "its " + role + " is " + printable(name) + ", and " + reason,
                "Files that a source refers to must lie beside it or below: copy them there, or flatten the image with "
                        + "`qemu-img convert` where it was made.");
    }

    /** For a message: bounded and without control characters. */
    static String printable(String name) {
        String clean = name.replaceAll("\\p{Cntrl}", "?");
        return "'" + (clean.length() > 200 ? clean.substring(0, 200) + "..." : clean) + "'";
    }
}
