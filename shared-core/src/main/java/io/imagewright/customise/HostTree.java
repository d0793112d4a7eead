package io.imagewright.customise;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.imagewright.error.FileFailure;

/**
 * A directory of this machine with all below. A link at its top is followed, as the user named it; links below are links and never
 * followed, so that nothing from outside gets into the image.
 */
final class HostTree {

    /** Files; a tree with more was hardly meant. */
    private static final int MAX_FILES = 100_000;

    private static final int MAX_DEPTH = 100;

    private HostTree() {}

    /** Everything below a directory but what builds write there; parents first, in an order that is the same everywhere. */
    static List<HostFile> below(HostFile top, OwnFiles own) {
        try (Stream<Path> files = Files.walk(top.path().toRealPath(), MAX_DEPTH)) {
            List<HostFile> found = new ArrayList<>();
            Path real = top.path().toRealPath();
            for (Path path : files.filter(file -> !file.equals(real) && !own.have(real, file))
                    .limit(MAX_FILES + 1L)
                    .sorted()
                    .toList()) {
                found.add(new HostFile(path, top.shown() + "/" + real.relativize(path)));
            }
            if (found.size() > MAX_FILES) {
                throw top.unusable("it holds more than " + MAX_FILES + " files");
            }
            return found;
        } catch (IOException failure) {
            throw top.unusable(FileFailure.reason(failure));
        } catch (UncheckedIOException failure) {
            throw top.unusable(FileFailure.reason(failure));
        }
    }

    /** Adds a file, or a directory with all below: names, permissions and contents. */
    static void digest(HostFile file, OwnFiles own, MessageDigest digest) {
        if (Files.isDirectory(file.path())) {
            addName(file, "directory", digest);
            for (HostFile below : HostTree.below(file, own)) {
                addEntry(below, digest);
            }
        } else {
            addFile(file, digest);
        }
    }

    private static void addEntry(HostFile file, MessageDigest digest) {
        try {
            if (Files.isSymbolicLink(file.path())) {
                addName(file, "link " + Files.readSymbolicLink(file.path()), digest);
            } else if (Files.isDirectory(file.path(), LinkOption.NOFOLLOW_LINKS)) {
                addName(file, "directory " + file.stat().permissions(), digest);
            } else {
                addFile(file, digest);
            }
        } catch (IOException failure) {
            throw file.unusable(FileFailure.reason(failure));
        }
    }

    private static void addFile(HostFile file, MessageDigest digest) {
        HostFile.Stat stat = file.regular();
        addName(file, "file " + stat.permissions() + " " + stat.size(), digest);
        try (InputStream in = Files.newInputStream(file.path())) {
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        } catch (IOException failure) {
            throw file.unusable(FileFailure.reason(failure));
        }
    }

    private static void addName(HostFile file, String kind, MessageDigest digest) {
        digest.update((file.shown() + '\0' + kind + '\0').getBytes(StandardCharsets.UTF_8));
    }
}
