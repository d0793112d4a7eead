package io.imagewright.guest;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file system as mkfs leaves it, without lost+found. */
final class EmptyTree implements GuestTree {

    static final EmptyTree INSTANCE = new EmptyTree();

    private static final FileStat ROOT = new FileStat(FileType.DIRECTORY, 0755, 0, 0, 4096, 0, 2, 2);

    private EmptyTree() {}

    @Override
    public Optional<FileStat> stat(GuestPath path) {
        return path.equals(GuestPath.ROOT) ? Optional.of(ROOT) : Optional.empty();
    }

    @Override
    public Optional<GuestPath> resolve(GuestPath path) {
        return stat(path).map(root -> path);
    }

    @Override
    public List<Entry> list(GuestPath directory) {
        return List.of();
    }

    @Override
    public List<Entry> walk(GuestPath directory) {
        return List.of();
    }

    @Override
    public Map<GuestPath, Bytes> read(Collection<GuestPath> files, int limit) {
        return Map.of();
    }

    @Override
    public Optional<FileContent> open(GuestPath file) {
        return Optional.empty();
    }

    @Override
    public Optional<Bytes> readLink(GuestPath path) {
        return Optional.empty();
    }

    @Override
    public Map<String, Bytes> xattrs(GuestPath path) {
        return Map.of();
    }
}
