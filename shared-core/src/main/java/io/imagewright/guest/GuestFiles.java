package io.imagewright.guest;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.imagewright.error.ImageException;

/** Looks at a guest's configuration: what cannot be read, as a circle of links, is a warning and taken for missing. */
final class GuestFiles {

    /** Bytes; a longer file is no configuration. */
    private static final int LIMIT = 1 << 20;

    /** Bytes; a longer list of packages is not read. The worker, whose memory is small, holds it three times while it
     * reads it; the list of a full desktop has 5 MiB. */
    private static final int PACKAGE_LIST_LIMIT = 24 << 20;

    private final GuestTree tree;
    private final Consumer<String> warnings;

    GuestFiles(GuestTree tree, Consumer<String> warnings) {
        this.tree = tree;
        this.warnings = warnings;
    }

    /** The content of a regular file, links followed. */
    Optional<Bytes> read(String path) {
        return read(path, LIMIT);
    }

    /** The content of a package manager's list, which grows with the system. */
    Optional<Bytes> readPackageList(String path) {
        return read(path, PACKAGE_LIST_LIMIT);
    }

    private Optional<Bytes> read(String path, int limit) {
        GuestPath file = GuestPath.of(path);
        return attempt(() -> Optional.ofNullable(tree.read(List.of(file), limit).get(file)), Optional.empty());
    }

    /** The content of a file that a directory was found to hold. */
    Optional<Bytes> read(Entry entry) {
        return attempt(
                () -> Optional.ofNullable(
                        tree.read(List.of(entry.path()), LIMIT).get(entry.path())),
                Optional.empty());
    }

    /** The first line of a file, for people; empty when it has none. */
    Optional<String> firstLine(String path) {
        return read(path)
                .flatMap(content -> content.display().lines().map(String::strip).findFirst())
                .filter(line -> !line.isEmpty());
    }

    /** Whether a name is there, a link that leads nowhere among them: its target may be in another file system. */
    boolean exists(String path) {
        return attempt(() -> tree.stat(GuestPath.of(path)).isPresent(), false);
    }

    /** Whether a name, links followed, is a directory. */
    boolean isDirectory(String path) {
        return attempt(
                () -> tree.resolve(GuestPath.of(path))
                        .flatMap(tree::stat)
                        .filter(FileStat::isDirectory)
                        .isPresent(),
                false);
    }

    /** Whether a name is a regular file with an execute bit, links not followed. */
    boolean isExecutable(String path) {
        return attempt(
                () -> tree.stat(GuestPath.of(path))
                        .filter(stat -> stat.isRegular() && (stat.permissions() & 0111) != 0)
                        .isPresent(),
                false);
    }

    /** Whether a name is a symbolic link with this target. */
    boolean leadsTo(String path, String target) {
        return attempt(
                () -> tree.readLink(GuestPath.of(path))
                        .filter(Bytes.of(target)::equals)
                        .isPresent(),
                false);
    }

    /** What a directory holds. */
    List<Entry> list(String path) {
        return attempt(() -> tree.list(GuestPath.of(path)), List.of());
    }

    private <T> T attempt(Supplier<T> look, T otherwise) {
        try {
            return look.get();
        } catch (ImageException failure) {
            if (failure.kind() != ImageException.Kind.SOURCE) {
                throw failure;
            }
            warnings.accept(String.valueOf(failure.getMessage()));
            return otherwise;
        }
    }
}
