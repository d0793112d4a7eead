package io.imagewright.customise;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;

/**
 * A file of this machine that an action reads.
 *
 * @param path absolute
 * @param shown as the user wrote it
 */
record HostFile(Path path, String shown) {

    /** Write permission of group and others says what umask a checkout was made with, not what the user wants. */
    private static final int KEPT_PERMISSIONS = 0755;

    /**
     * What it is.
     *
     * @param permissions those that go into the guest
     * @param size bytes
     */
    record Stat(int permissions, long size) {}

    /** @param base a relative path starts here */
    static HostFile of(String text, Path base) {
        try {
            return new HostFile(base.resolve(text).toAbsolutePath(), text);
        } catch (InvalidPathException broken) {
            throw Target.refused("'" + text + "' is no path", "Correct it.");
        }
    }

    /**
     * The regular file that this is, links followed. Pipes and devices, which may have no end, are refused.
     *
     * @throws ImageException DESCRIPTION when it is something else, or nothing
     */
    Stat regular() {
        if (!Files.exists(path)) {
            throw unusable("there is no such file", FileFailure.nearest(path));
        }
        if (!Files.isRegularFile(path)) {
            throw unusable(Files.isDirectory(path) ? "it is a directory" : "it is no regular file");
        }
        try {
            return stat();
        } catch (IOException failure) {
            throw unusable(FileFailure.reason(failure));
        }
    }

    /** Whether it is one of these files, lies beside it as a sidecar, or is a directory above it. */
    boolean isMadeWith(Collection<Path> files) {
        String own = path.normalize().toString();
        return files.stream()
                .map(file -> file.toAbsolutePath().normalize())
                .anyMatch(file ->
                        own.equals(file.toString()) || own.startsWith(file + ".") || file.startsWith(path.normalize()));
    }

    /**
     * Refuses what no action reads, without opening it.
     *
     * @throws ImageException DESCRIPTION when it is neither a file nor a directory, or must not be read
     */
    HostFile requireUsable() {
        if (!Files.isDirectory(path)) {
            regular();
        }
        if (!Files.isReadable(path)) {
            throw unusable("permission denied");
        }
        return this;
    }

    /** Of whatever it is. */
    Stat stat(LinkOption... options) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, "unix:mode,size", options);
        if (attributes.get("mode") instanceof Integer mode && attributes.get("size") instanceof Long size) {
            return new Stat(mode & KEPT_PERMISSIONS, size);
        }
        throw new IOException("its file system has no modes");
    }

    /** The whole content of a small file. */
    byte[] read(int limit) {
        regular();
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw unusable("it has more than " + limit + " bytes");
            }
            return bytes;
        } catch (IOException failure) {
            throw unusable(FileFailure.reason(failure));
        }
    }

    ImageException unusable(String reason) {
        return unusable(
                reason,
                path.toString().equals(shown) ? "Check the path." : "Check the path; it stands for " + path + ".");
    }

    private ImageException unusable(String reason, String next) {
        return ImageException.of(ImageException.Kind.DESCRIPTION, "Cannot read " + shown, reason, next);
    }
}
