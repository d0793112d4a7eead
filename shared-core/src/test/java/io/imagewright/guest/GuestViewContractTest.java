package io.imagewright.guest;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The contract holds for a view too, when adding changes is taken for applying them. */
public class GuestViewContractTest extends GuestContract {

    @Override
    protected Guest guest(Consumer<TreeBuilder> content) {
        return new ViewAsGuest(new GuestView(MemoryGuest.of(content)));
    }

    private record ViewAsGuest(GuestView view) implements Guest {
        @Override
        public void apply(List<Change> changes) {
            view.add(changes);
        }

        @Override
        public void close() {}

        @Override
        public void forEachMember(Path spool, Consumer<TreeMember> members) {
            TreeMembers.forEachMember(view, spool, members);
        }

        @Override
        public Optional<FileStat> stat(GuestPath path) {
            return view.stat(path);
        }

        @Override
        public Optional<GuestPath> resolve(GuestPath path) {
            return view.resolve(path);
        }

        @Override
        public List<Entry> list(GuestPath directory) {
            return view.list(directory);
        }

        @Override
        public List<Entry> walk(GuestPath directory) {
            return view.walk(directory);
        }

        @Override
        public Map<GuestPath, Bytes> read(Collection<GuestPath> files, int limit) {
            return view.read(files, limit);
        }

        @Override
        public Optional<FileContent> open(GuestPath file) {
            return view.open(file);
        }

        @Override
        public Optional<Bytes> readLink(GuestPath path) {
            return view.readLink(path);
        }

        @Override
        public Map<String, Bytes> xattrs(GuestPath path) {
            return view.xattrs(path);
        }
    }
}
