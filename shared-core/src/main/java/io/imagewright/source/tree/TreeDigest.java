package io.imagewright.source.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.disk.Piece;
import io.imagewright.disk.SparseFile;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.TreeMember;

/** SHA-256 of all that a tree holds, holes of files included: the same whether it is packed, and by what. */
public final class TreeDigest {

    private final MessageDigest digest = DigestAlgorithm.SHA256.newDigest();
    private final Map<Path, SparseFile> files = new HashMap<>();
    private final Map<Long, Long> links = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    private long members;

    private TreeDigest() {}

    /**
     * Reads all contents.
     *
     * @throws ImageException ENVIRONMENT when they cannot be read
     */
    public static byte[] of(FileTree tree) {
        TreeDigest digest = new TreeDigest();
        try {
            tree.forEach(digest::add);
        } finally {
            digest.files.values().forEach(TreeDigest::close);
        }
        return digest.digest.digest();
    }

    private static void close(SparseFile file) {
        try {
            file.close();
        } catch (IOException done) {
            // it was only read
        }
    }

    private void add(TreeMember member) {
        members++;
        // in the order of a tree, depth and name are the path
        int depth = member.path().depth();
        number(depth);
        bytes(depth == 0 ? new byte[0] : member.path().nameBytes(depth - 1));
        // numbers of inodes are those of an archive: which names belong together counts, not by what number
        Long first = member.stat().links() > 1 && !member.stat().isDirectory()
                ? links.putIfAbsent(member.stat().inode(), members)
                : null;
        if (first != null) {
            number(first);
            return;
        }
        bytes(member.stat().type().name().getBytes(StandardCharsets.US_ASCII));
        number(member.stat().permissions());
        number(member.stat().owner());
        number(member.stat().group());
        number(member.stat().modified());
        number(member.stat().nanoseconds());
        number(member.major());
        number(member.minor());
        bytes(member.target().toArray());
        number(member.attributes().size());
        for (Map.Entry<String, Bytes> attribute : member.attributes().entrySet()) {
            bytes(attribute.getKey().getBytes(StandardCharsets.UTF_8));
            bytes(attribute.getValue().toArray());
        }
        number(member.stat().size());
        long end = 0;
        for (Piece piece : member.data()) {
            number(piece.offset() - end);
            content(piece);
            end = piece.offset() + piece.length();
        }
    }

    private void content(Piece piece) {
        try {
            SparseFile file = files.get(piece.file());
            if (file == null) {
                file = SparseFile.openRead(piece.file());
                files.put(piece.file(), file);
            }
            for (long done = 0; done < piece.length(); done += buffer.limit()) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), piece.length() - done));
                file.read(piece.fileOffset() + done, buffer);
                digest.update(buffer.flip());
            }
        } catch (IOException failure) {
            throw FileFailure.unreadable(ImageException.Kind.ENVIRONMENT, piece.file(), failure);
        }
    }

    private void number(long value) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
    }

    private void bytes(byte[] value) {
        number(value.length);
        digest.update(value);
    }
}
