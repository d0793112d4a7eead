package io.imagewright.format;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** What {@code squashfs} promises: the real tools find every file as it was. */
public abstract class SquashfsOutputContract extends TreeOutputContract {

    private static final int BLOCK = 128 << 10;

    private static final Map<String, byte[]> LABEL =
            Map.of("SCHILY.xattr.security.selinux", "system_u:object_r:etc_t:s0\0".getBytes(StandardCharsets.US_ASCII));

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
    public void holdsFilesOfEveryKindAndLength() throws Exception {
        TestTree tree = tree().directory("./");
        tree.entry('5', "a-dir/", 01777, 0, "", "", Map.of("SCHILY.xattr.user.long", new byte[300]));
        tree.entry('4', "block", 0660, 0, "", "259,70000", LABEL);
        tree.entry('3', "character", 0660, 0, "", "4095,255", Map.of());
        tree.entry('1', "character-2", 0660, 0, "character", "", Map.of());
        tree.file("empty", 0600, new byte[0], LABEL);
        tree.entry('6', "fifo", 02640, 0, "", "", LABEL);
        tree.entry(
                '2',
                "link",
                0777,
                0,
                "",
                "",
                Map.of("linkpath", "x".repeat(3000).getBytes(StandardCharsets.US_ASCII)));
        tree.entry('2', "link-labelled", 0777, 0, "link", "", LABEL);
        tree.directory("many/");
        for (int i = 0; i < 2000; i++) {
            tree.file(
                    "many/" + "n".repeat(60) + (10_000 + i),
                    0644,
                    ("" + i).getBytes(StandardCharsets.US_ASCII),
                    Map.of());
        }
        tree.directory("names/").file("names/1000", 0644, new byte[] {1}, Map.of());
        for (int i = 1; i < 600; i++) {
            tree.entry('1', "names/" + (1000 + i), 0644, 0, "names/1000", "", Map.of());
        }
        tree.file("owned", 06755, new byte[] {1}, owner("70000", "4294967294"));
        tree.entry('1', "owned-2", 06755, 0, "owned", "", owner("70000", "4294967294"));
        for (int length : List.of(1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 3 * BLOCK + 300)) {
            tree.random("random-" + length, length);
        }
        for (int length : List.of(1, BLOCK, 5 * BLOCK + 7)) {
            byte[] text = "text ".repeat(length).substring(0, length).getBytes(StandardCharsets.US_ASCII);
            tree.file("text-" + length, 0644, text, LABEL);
            tree.file("zero-" + length, 0644, new byte[length], Map.of());
            tree.file("zero-tail-" + length, 0644, Arrays.copyOf(text, length + BLOCK + 100), Map.of());
        }
        Path written = write(tree.layout(), "out", 2).path();
        Path expected = tree.whole(path("expected.tar"));
        compare(written, expected);
        Path found = Files.createDirectory(path("found"));
        Path wanted = Files.createDirectory(path("wanted"));
        String regular = "find . -type f -exec sha256sum {} + | LC_ALL=C sort";
        run(
                "sh",
                "-c",
                "sqfs2tar \"$0\" | tar -C \"$1\" -x --exclude=block --exclude='char*'",
                written.toString(),
                found.toString());
        run("tar", "-C", wanted.toString(), "-xf", expected.toString(), "--exclude=block", "--exclude=char*");
        assertEquals(
                run("sh", "-c", "cd \"$0\" && " + regular, wanted.toString()),
                run("sh", "-c", "cd \"$0\" && " + regular, found.toString()));
    }

    @Test
    public void holdsAFileOfOneTerabyte_inLittleRoom() throws Exception {
        TestTree tree =
                tree().directory("./").sparse("huge", 1L << 40, 700L << 30).random("small", 5000);
        Path written = write(tree.layout(), "out", 2).path();
        assertTrue("length " + Files.size(written), Files.size(written) < MIB);
        String listing = run("unsquashfs", "-n", "-lln", written.toString()).replaceAll(" +", " ");
        assertTrue(listing, listing.contains("-rw-r--r-- 0/0 1099511627776 "));
    }

    @Test
    public void makesDirectoriesThatHaveNoMember() throws Exception {
        TestTree tree = tree().file("a/b/c", 0600, new byte[] {1}, Map.of());
        Path written = write(tree.layout(), "out", 2).path();
        String listing = run("unsquashfs", "-n", "-lln", written.toString());
        assertEquals(
                3,
                listing.lines()
                        .filter(line -> line.startsWith("drwxr-xr-x 0/0 "))
                        .count());
        assertTrue(listing, listing.contains("squashfs-root/a/b/c"));
    }

    @Test
    public void refusesWhatItHasNoRoomFor() throws Exception {
        refused(tree().sparse("large", 17L << 40, 0), "large has 18691697672192 bytes");
        refused(tree().file("../x", 0600, new byte[1], Map.of()), "the name ../x");
        refused(tree().file("x".repeat(257), 0600, new byte[1], Map.of()), "the name xxx");
        refused(tree().entry('1', "x", 0600, 0, "not-there", "", Map.of()), "damaged at the member x");
        refused(tree().directory("x/").file("x", 0600, new byte[1], Map.of()), "damaged at the member x");
        refused(tree().file("x", 0600, new byte[1], Map.of()).file("x/y", 0600, new byte[1], Map.of()), "x/y");
        TestTree deep = tree();
        refused(deep.directory("d/".repeat(2001)), "2000 deep");
    }

    private void refused(TestTree tree, String reason) {
        ImageException error = assertThrows(ImageException.class, () -> write(tree.layout(), "out", 2));
        assertTrue(error.getMessage(), error.getMessage().contains(reason));
    }

    private static Map<String, byte[]> owner(String user, String group) {
        return Map.of(
                "uid", user.getBytes(StandardCharsets.US_ASCII), "gid", group.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    public void reportsWhatItLeavesOut() throws Exception {
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
