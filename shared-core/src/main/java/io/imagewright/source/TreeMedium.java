package io.imagewright.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

import io.imagewright.assemble.TreeDisk;
import io.imagewright.disk.ScratchDirectory;
import io.imagewright.disk.SourceImage;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.source.tree.FileTree;
import io.imagewright.source.tree.TreeDigest;
import io.imagewright.source.tree.TreeSource;
import io.imagewright.spec.NewDisk;

/** A tree of files, of which a disk is made in the work directory. */
record TreeMedium(Path path, NewDisk made) implements SourceMedium {

    private static final String FORMAT = "tree";

    @Override
    public boolean isPacked() {
        return true;
    }

    @Override
    public int disks() {
        return 1;
    }

    /** A directory is no file: a file with the digest of all that it holds stands for it. */
    @Override
    public Path digested(Opening opening) {
        if (!Files.isDirectory(path)) {
            return path;
        }
        try {
            Files.createDirectories(opening.directory());
            Path work = Files.createTempDirectory(opening.directory(), "tree");
            try (ScratchDirectory scratch = ScratchDirectory.in(work, "read");
                    FileTree tree = TreeSource.open(path, scratch.path(), opening.exec(), done -> {})) {
                return digested(tree, work);
            }
        } catch (IOException failure) {
            throw FileFailure.unreadable(ImageException.Kind.ENVIRONMENT, opening.directory(), failure);
        }
    }

    private static Path digested(FileTree tree, Path work) throws IOException {
        Path file = work.resolve("tree.sha256");
        String digest = HexFormat.of().formatHex(TreeDigest.of(tree));
        return Files.write(file, digest.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public List<SourceImage> open(Opening opening) {
        String name = String.valueOf(path.getFileName());
        try {
            Files.createDirectories(opening.directory());
            Path work = Files.createTempDirectory(opening.directory(), "tree");
            Path disk = work.resolve("disk.raw");
            Path medium = opening.steps().run("assemble", step -> {
                step.detail(name);
                boolean isDirectory = Files.isDirectory(path);
                long size = isDirectory || !Files.exists(path) ? 0 : Files.size(path);
                try (ScratchDirectory scratch = ScratchDirectory.in(work, "read");
                        FileTree tree = TreeSource.open(path, scratch.path(), opening.exec(), step.copying(size))) {
                    if (!tree.leftOutAttributes().isEmpty()) {
                        opening.steps()
                                .warn("Extended attributes of files in " + name
                                        + " are left out, since Linux has none of this kind: "
                                        + String.join(", ", tree.leftOutAttributes()) + ".");
                    }
                    Path digested = isDirectory ? digested(tree, work) : path.toRealPath();
                    TreeDisk.write(tree, made, disk, scratch.path(), opening.exec())
                            .forEach(opening.steps()::warn);
                    return digested;
                }
            });
            return List.of(SourceImage.open(disk, "raw", disk, opening.exec()).unpackedFrom(medium, FORMAT, name));
        } catch (IOException failure) {
            throw FileFailure.unreadable(ImageException.Kind.ENVIRONMENT, opening.directory(), failure);
        }
    }
}
