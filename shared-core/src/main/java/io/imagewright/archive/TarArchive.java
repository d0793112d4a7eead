package io.imagewright.archive;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.Piece;
import io.imagewright.disk.PieceList;
import io.imagewright.disk.Spool;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.TreeMember;

/**
 * The tree of a guest as a tar of POSIX.1-2001 (pax), which is nowhere as one file: its headers are in a spool, contents stay where they lie. Files are in path
 * order, owners numeric, times clamped, so that the same tree gives the same bytes. Hard links, devices, extended attributes ({@code SCHILY.xattr}), ACLs
 * ({@code SCHILY.acl}) and holes (GNU's form 1.0) are kept; sockets are left out.
 */
public final class TarArchive {

    /** Two blocks of zeros are the end. */
    private static final int END = 2 * TarHeader.BLOCK;

    private final Spool headers;
    private final long latest;
    private final Map<TreeMember.Identity, GuestPath> names = new HashMap<>();
    private final PieceList pieces = new PieceList();
    private long size;

    private TarArchive(Spool headers, long latest) {
        this.headers = headers;
        this.latest = latest;
    }

    /**
     * Puts the tar together.
     *
     * @param directory takes files that it is made of
     * @param latest seconds since the epoch; what is younger gets this time
     * @throws io.imagewright.error.ImageException as {@link Guest#forEachMember}
     */
    public static DiskLayout of(Guest guest, Path directory, long latest) {
        try (Spool headers = Spool.create(directory.resolve("tree.headers"))) {
            TarArchive archive = new TarArchive(headers, latest);
            guest.forEachMember(directory.resolve("tree.contents"), archive::add);
            return new DiskLayout(archive.size + END, archive.pieces.list());
        }
    }

    private void add(TreeMember file) {
        if (!TarMember.isKept(file)) {
            return;
        }
        TarMember member = new TarMember(file, latest);
        boolean linked = file.stat().links() > 1 && !file.stat().isDirectory();
        GuestPath first = linked ? names.putIfAbsent(file.identity(), file.path()) : null;
        if (first != null) {
            write(member.hardLink(first));
        } else if (file.stat().isRegular() && SparseMap.isWorth(file.stat().size(), file.data())) {
            addSparse(file, member);
        } else {
            write(member.whole());
            if (file.stat().isRegular()) {
                file.data().forEach(piece -> put(size + piece.offset(), piece));
                size += file.stat().size() + padding(file.stat().size());
            }
        }
    }

    private void addSparse(TreeMember file, TarMember member) {
        byte[] map = SparseMap.of(file.stat().size(), file.data());
        long stored = file.data().stream().mapToLong(Piece::length).sum();
        write(member.sparse(map.length + stored));
        write(map);
        long at = size;
        for (Piece piece : file.data()) {
            put(at, piece);
            at += piece.length();
        }
        size += stored + padding(stored);
    }

    private void put(long offset, Piece data) {
        pieces.add(new Piece(offset, data.length(), data.file(), data.fileOffset()));
    }

    /** Whole blocks. */
    private void write(byte[] blocks) {
        long at = headers.append(blocks);
        pieces.add(new Piece(size, blocks.length, headers.file(), at));
        size += blocks.length;
    }

    /** Bytes up to the next block. */
    static long padding(long length) {
        return (TarHeader.BLOCK - length % TarHeader.BLOCK) % TarHeader.BLOCK;
    }
}
