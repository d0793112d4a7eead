package io.imagewright.contents;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.imagewright.guest.GuestPath;
import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.TreeBuilder;
import io.imagewright.guest.packages.InstalledPackage;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class InsideReaderTest {

    private static final String FORMAT = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n";

    private static Contents read(Consumer<TreeBuilder> content) {
        List<String> warnings = new ArrayList<>();
        Contents contents = InsideReader.read(MemoryGuest.of(content), List.of(GuestPath.ROOT), warnings::add);
        assertEquals(List.of(), warnings);
        return contents;
    }

    private static DirectorySize directory(String name, long bytes, long files, DirectorySize... children) {
        return new DirectorySize(name, bytes, files, List.of(children));
    }

    private static String bytes(int count) {
        return "x".repeat(count);
    }

    @Test
    public void filesCountWhereTheyLie_andHardLinksOnce() {
        Contents contents = read(tree -> tree.file("/a/one", bytes(100))
                .file("/a/b/two", bytes(300))
                .hardLink("/c/again", "/a/b/two")
                .symlink("/c/link", "/a/one")
                .file("/top", bytes(7))
                .dir("/empty/below"));
        assertEquals(
                directory(
                        "",
                        407,
                        5,
                        directory("a", 400, 2, directory("b", 300, 1)),
                        directory("c", 0, 2),
                        directory("empty", 0, 0)),
                contents.tree());
    }

    @Test
    public void whatIsSmallOrDeep_countsAboveIt() {
        Contents contents = read(tree -> tree.file("/big/file", bytes(100_000))
                .file("/big/small/file", bytes(50))
                .file("/1/2/3/4/5/6/7/8/file", bytes(10_000)));
        DirectorySize deep = contents.tree().children().get(1);
        assertEquals(directory("big", 100_050, 2), contents.tree().children().get(0));
        for (String name : List.of("1", "2", "3", "4", "5", "6")) {
            assertEquals(name, deep.name());
            assertEquals(10_000, deep.bytes());
            deep = deep.children().isEmpty()
                    ? directory("end", 0, 0)
                    : deep.children().get(0);
        }
        assertEquals("end", deep.name());
    }

    @Test
    public void noMoreDirectoriesAreKept_thanAReportNeeds() {
        Contents contents = read(tree -> {
            for (int i = 0; i < 900; i++) {
                tree.file("/top" + i % 3 + "/a" + i + "/b/c/d/file", bytes(10));
            }
        });
        assertTrue(nodes(contents.tree()) <= TreeSizes.MAX_NODES);
        assertEquals(9000, contents.tree().bytes());
        assertEquals(3, contents.tree().children().size());
        assertEquals(contents, read(tree -> {
            for (int i = 0; i < 900; i++) {
                tree.file("/top" + i % 3 + "/a" + i + "/b/c/d/file", bytes(10));
            }
        }));
    }

    private static int nodes(DirectorySize tree) {
        return 1 + tree.children().stream().mapToInt(InsideReaderTest::nodes).sum();
    }

    @Test
    public void debiansLicences_comeFromTheCopyrightFiles() {
        Contents contents = read(tree -> tree.file("/var/lib/dpkg/status", status("a", "b", "linked", "prose", "none"))
                .file(
                        "/usr/share/doc/a/copyright",
                        FORMAT + "\nFiles: *\nLicense: GPL-2+\n\nFiles: x\nLicense: Expat\n\nLicense: GPL-2+\n text\n")
                .file("/usr/share/doc/b/copyright", FORMAT + "License: GPL-3+ with Bison exception\n")
                .symlink("/usr/share/doc/linked", "a")
                .file("/usr/share/doc/prose/copyright", "This is free.\nLicense: GPL\n"));
        assertEquals(
                List.of("GPL-2+; Expat", "GPL-3+ with Bison exception", "GPL-2+; Expat", "", ""),
                contents.packages().stream().map(InstalledPackage::licence).toList());
    }

    @Test
    public void linksInACircle_leaveTheLicenceUnknown() {
        Contents contents = read(tree -> tree.file("/var/lib/dpkg/status", status("a"))
                .symlink("/usr/share/doc/a", "b")
                .symlink("/usr/share/doc/b", "a"));
        assertEquals("", contents.packages().get(0).licence());
    }

    private static String status(String... names) {
        StringBuilder status = new StringBuilder();
        for (String name : List.of(names)) {
            status.append("Package: ").append(name).append("\nStatus: install ok installed\nVersion: 1\n\n");
        }
        return status.toString();
    }
}
