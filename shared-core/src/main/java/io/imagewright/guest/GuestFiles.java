package io.imagewright.guest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.imagewright.error.ImageException;

/** Looks at a guest's configuration: what cannot be read, as a circle of links, is a warning and taken for missing. */
public final class GuestFiles {

    /** Bytes; a longer file is no configuration. */
    private static final int LIMIT = 1 << 20;

    private final GuestTree tree;
    private final Consumer<String> warnings;

    public GuestFiles(GuestTree tree, Consumer<String> warnings) {
        this.tree = tree;
        this.warnings = warnings;
    }

    /** The content of a regular file, links followed. */
    public Optional<Bytes> read(String path) {
        GuestPath file = GuestPath.of(path);
        return attempt(() -> Optional.ofNullable(tree.read(List.of(file), LIMIT).get(file)), Optional.empty());
    }

    /**
     * Gives a regular file, links followed, to who reads it piece by piece; what is missing is given to nobody.
     *
     * @param limit bytes; a longer file is a warning
     */
    public void open(String path, long limit, Consumer<FileContent> reader) {
        attempt(
                () -> {
                    tree.open(GuestPath.of(path)).ifPresent(content -> {
                        if (content.size() > limit) {
                            throw unreadable(
                                    path, content.size() + " bytes are more than the " + limit + " that make sense");
                        }
                        reader.accept(content);
                    });
                    return true;
                },
                false);
    }

    /** The content of a regular file, links followed, to be read piece by piece. */
    public Optional<FileContent> content(String path) {
        return attempt(() -> tree.open(GuestPath.of(path)), Optional.empty());
    }

    /** The failure of a reader that cannot understand a file. */
    public static ImageException unreadable(String path, String reason) {
        return ImageException.of(
                ImageException.Kind.SOURCE,
                "Cannot read " + path + " of the guest",
                reason,
                "Look at the file in the guest.");
    }

    /** The content of a file that a directory was found to hold. */
    public Optional<Bytes> read(Entry entry) {
        return attempt(
                () -> Optional.ofNullable(
                        tree.read(List.of(entry.path()), LIMIT).get(entry.path())),
                Optional.empty());
    }

    /** The contents of those of these that are regular files, links followed; none when one is longer than the limit, in bytes. */
    public Map<GuestPath, Bytes> readAll(List<GuestPath> paths, int limit) {
        return attempt(() -> tree.read(paths, limit), Map.of());
    }

    /** The first line of a file, for people; empty when it has none. */
    public Optional<String> firstLine(String path) {
        return read(path)
                .flatMap(content -> content.display().lines().map(String::strip).findFirst())
                .filter(line -> !line.isEmpty());
    }

    /** Whether a name is there, a link that leads nowhere among them: its target may be in another file system. */
    public boolean exists(String path) {
        return attempt(() -> tree.stat(GuestPath.of(path)).isPresent(), false);
    }

    /** Whether a name, links followed, is a directory. */
    public boolean isDirectory(String path) {
        return attempt(
                () -> tree.resolve(GuestPath.of(path))
                        .flatMap(tree::stat)
                        .filter(FileStat::isDirectory)
                        .isPresent(),
                false);
    }

    /** Whether a name is a regular file with an execute bit, links not followed. */
    public boolean isExecutable(String path) {
        return attempt(
                () -> tree.stat(GuestPath.of(path))
                        .filter(stat -> stat.isRegular() && (stat.permissions() & 0111) != 0)
                        .isPresent(),
                false);
    }

    /** Whether a name is a symbolic link with this target. */
    public boolean leadsTo(String path, String target) {
        return attempt(
                () -> tree.readLink(GuestPath.of(path))
                        .filter(Bytes.of(target)::equals)
                        .isPresent(),
                false);
    }

    /** What a directory holds. */
    public List<Entry> list(String path) {
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
