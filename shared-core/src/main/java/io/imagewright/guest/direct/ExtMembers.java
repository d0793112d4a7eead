package io.imagewright.guest.direct;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.imagewright.disk.Piece;
import io.imagewright.disk.Spool;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.FileType;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.TreeMember;

/** Passes on the files of a tree for an archive. Their data stays where it is, but for what lies in inodes. */
final class ExtMembers {

    private final Spool spool;
    private final Map<ExtFileSystem, Integer> volumes = new HashMap<>();

    private ExtMembers(Spool spool) {
        this.spool = spool;
    }

    static void forEachMember(ExtTree tree, Path spool, Consumer<TreeMember> members) {
        try (Spool inline = Spool.create(spool)) {
            ExtMembers reader = new ExtMembers(inline);
            ExtTree.Place root = tree.place(GuestPath.ROOT).orElseThrow();
            members.accept(reader.member(new ExtWalk.Found(GuestPath.ROOT, root, root.read())));
            ExtWalk.below(tree, GuestPath.ROOT, file -> members.accept(reader.member(file)));
        }
    }

    private TreeMember member(ExtWalk.Found file) {
        ExtFileSystem fs = file.place().fs();
        Inode inode = file.inode();
        FileStat stat = inode.stat();
        boolean device = stat.type() == FileType.BLOCK_DEVICE || stat.type() == FileType.CHARACTER_DEVICE;
        return new TreeMember(
                file.path(),
                stat,
                volumes.computeIfAbsent(fs, unknown -> volumes.size()),
                device ? inode.major() : 0,
                device ? inode.minor() : 0,
                stat.isSymlink() ? Bytes.of(fs.content().readLink(inode)) : Bytes.EMPTY,
                inode.mayHaveAttributes() ? fs.attributes().read(inode.number()) : Map.of(),
                stat.isRegular() ? data(fs, inode) : List.of());
    }

    private List<Piece> data(ExtFileSystem fs, Inode inode) {
        if (!inode.hasInlineData()) {
            return fs.blocks().of(inode);
        }
        // no longer than a block, as it lies in the inode
        int length = (int) Math.min(inode.length(), fs.superblock().blockSize());
        byte[] content = fs.content().read(inode.number(), length);
        return List.of(new Piece(0, content.length, spool.file(), spool.append(content)));
    }
}
