package io.imagewright.source.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.imagewright.disk.Piece;

/**
 * Adds a layer of a container image. Its white-outs remove files of the layers below and none of its own, whatever their order: so it is read twice.
 * Source: OCI image specification 1.0, "Image Layer Filesystem Changeset".
 */
final class Layer {

    private static final byte[] WHITE_OUT = ".wh.".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OPAQUE = ".wh..wh..opq".getBytes(StandardCharsets.US_ASCII);

    private Layer() {}

    static void read(TarReader.Place place, FileTree tree) throws IOException {
        TarReader.read(place, new WhiteOuts(tree));
        TarReader.read(place, new TreeFiller(tree, path -> !isWhiteOut(path)));
    }

    private static boolean isWhiteOut(List<byte[]> path) {
        return !path.isEmpty() && begins(path.get(path.size() - 1), WHITE_OUT);
    }

    private static boolean begins(byte[] name, byte[] with) {
        return name.length >= with.length && Arrays.equals(name, 0, with.length, with, 0, with.length);
    }

    private record WhiteOuts(FileTree tree) implements TarReader.Target {

        @Override
        public void put(List<byte[]> path, TreeNode.Inode inode, long size, List<Piece> data) {
            apply(path);
        }

        /** The white-outs of aufs are names of one file. */
        @Override
        public void link(List<byte[]> path, List<byte[]> existing) {
            apply(path);
        }

        private void apply(List<byte[]> path) {
            if (!isWhiteOut(path)) {
                return;
            }
            List<byte[]> directory = path.subList(0, path.size() - 1);
            byte[] name = path.get(path.size() - 1);
            byte[] removed = Arrays.copyOfRange(name, WHITE_OUT.length, name.length);
            if (Arrays.equals(name, OPAQUE)) {
                tree.empty(directory);
            } else if (!begins(removed, WHITE_OUT)) { // aufs keeps its own data by such names
                List<byte[]> whole = new ArrayList<>(directory);
                whole.add(removed);
                tree.remove(whole);
            }
        }
    }
}
