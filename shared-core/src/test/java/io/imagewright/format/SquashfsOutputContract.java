package io.imagewright.format;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** What {@code squashfs} promises: the real tools find every file as it was. */
public abstract class SquashfsOutputContract extends TreeOutputContract {

    private static final String LISTING =
            "TZ=UTC tar --numeric-owner --full-time --xattrs --xattrs-include='*' -tvvv | sed 's/  */ /g' | grep -av ' ./$' | LC_ALL=C sort";

    @Override
    final String format() {
        return "squashfs";
    }

    @Override
    final void compare(Path written, Path expected) throws Exception {
        // the root has no entry of its own in what sqfs2tar makes
        String before = run("sh", "-c", "cat \"$0\" | " + LISTING, expected.toString());
        // links to a file that is there once
        String after = run("sh", "-c", "sqfs2tar \"$0\" | " + LISTING, written.toString());
        assertEquals(before, after);
        String root = run("unsquashfs", "-n", "-lln", "-max-depth", "1", written.toString());
        assertTrue(root, root.startsWith("drwxr-xr-x 0/0 "));
        String superblock = run("sh", "-c", "TZ=UTC unsquashfs -s \"$0\"", written.toString());
        assertTrue(superblock, superblock.contains("Tue Nov 14 22:13:20 2023"));
        assertTrue(superblock, superblock.contains("Compression " + options().getOrDefault("compression", "zstd")));
        if (before.contains(" sparse")) {
            compareContent(written, expected);
        }
    }

    private void compareContent(Path written, Path expected) throws Exception {
        Path found = Files.createDirectory(path("found"));
        Path wanted = Files.createDirectory(path("wanted"));
        run("unsquashfs", "-n", "-q", "-f", "-d", found.toString(), written.toString(), "sparse", "bin/su");
        run("tar", "-C", wanted.toString(), "-xf", expected.toString(), "sparse", "bin/su");
        run("cmp", wanted.resolve("bin/su").toString(), found.resolve("bin/su").toString());
        for (long from : List.of(0L, (5L << 30) - 4096, (9L << 30) - 8192)) {
            run(
                    "cmp",
                    "--ignore-initial=" + from,
                    "--bytes=" + 2 * MIB,
                    wanted.resolve("sparse").toString(),
                    found.resolve("sparse").toString());
        }
    }

    @Test
    public void tellsWhatItLeavesOut() throws Exception {
        TestTree tree = tree().directory("./");
        tree.file("a", 0644, new byte[1], Map.of("SCHILY.acl.access", "user::rw-".getBytes(StandardCharsets.UTF_8)));
        for (String name : List.of("b", "c")) {
            tree.file(name, 0644, new byte[1], Map.of("SCHILY.xattr.system.other", new byte[28]));
        }
        WrittenOutput written = write(tree.layout(), "out", 2);
        assertEquals(
                List.of(
                        "out.squashfs is without the access control lists of one file, for which squashfs has no room.",
                        "out.squashfs is without the extended attribute system.other of 2 files, for which squashfs has no"
                                + " room."),
                written.remarks());
    }
}
