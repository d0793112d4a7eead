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

    private final GuestTree tree;
    private final Consumer<String> warnings;

    GuestFiles(GuestTree tree, Consumer<String> warnings) {
        this.tree = tree;
        this.warnings = warnings;
    }

    /** The content of a regular file, links followed. */
    Optional<Bytes> read(String path) {
        GuestPath file = GuestPath.of(path);
        return attempt(() -> Optional.ofNullable(tree.read(List.of(file), LIMIT).get(file)), Optional.empty());
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
