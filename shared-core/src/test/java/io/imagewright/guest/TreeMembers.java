package io.imagewright.guest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.imagewright.disk.Piece;
import io.imagewright.disk.Spool;

/** Passes on the files of a tree that no engine serves, for an archive: contents go through the spool. */
final class TreeMembers {

    private TreeMembers() {}

    static void forEachMember(GuestTree tree, Path spool, Consumer<TreeMember> members) {
        List<Entry> files = new ArrayList<>();
        files.add(new Entry(GuestPath.ROOT, tree.stat(GuestPath.ROOT).orElseThrow()));
        files.addAll(tree.walk(GuestPath.ROOT));
        try (Spool contents = Spool.create(spool)) {
            for (Entry file : files) {
                Bytes content =
                        tree.read(List.of(file.path()), Integer.MAX_VALUE).getOrDefault(file.path(), Bytes.EMPTY);
                members.accept(new TreeMember(
                        file.path(),
                        file.stat(),
                        0,
                        0,
                        0,
                        tree.readLink(file.path()).orElse(Bytes.EMPTY),
                        tree.xattrs(file.path()),
                        file.stat().isRegular() && content.size() > 0
                                ? List.of(new Piece(0, content.size(), spool, contents.append(content.toArray())))
                                : List.of()));
            }
        }
    }
}
