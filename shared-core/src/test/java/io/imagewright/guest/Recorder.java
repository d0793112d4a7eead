package io.imagewright.guest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A guest that notes which changes it is given. */
final class Recorder implements Guest {

    final List<String> applied = new ArrayList<>();
    private final Guest guest;

    Recorder(Guest guest) {
        this.guest = guest;
    }

    @Override
    public void apply(List<Change> changes) {
        changes.forEach(change -> applied.add(change.getClass().getSimpleName() + " " + change.path()));
        guest.apply(changes);
    }

    @Override
    public void close() {}

    @Override
    public void forEachMember(Path spool, Consumer<TreeMember> members) {
        guest.forEachMember(spool, members);
    }

    @Override
    public Optional<FileStat> stat(GuestPath path) {
        return guest.stat(path);
    }

    @Override
    public Optional<GuestPath> resolve(GuestPath path) {
        return guest.resolve(path);
    }

    @Override
    public List<Entry> list(GuestPath directory) {
        return guest.list(directory);
    }

    @Override
    public List<Entry> walk(GuestPath directory) {
        return guest.walk(directory);
    }

    @Override
    public Map<GuestPath, Bytes> read(Collection<GuestPath> files, int limit) {
        return guest.read(files, limit);
    }

    @Override
    public Optional<FileContent> open(GuestPath file) {
        return guest.open(file);
    }

    @Override
    public Optional<Bytes> readLink(GuestPath path) {
        return guest.readLink(path);
    }

    @Override
    public Map<String, Bytes> xattrs(GuestPath path) {
        return guest.xattrs(path);
    }
}
