package io.imagewright.source.tree;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.imagewright.error.ImageException;
import io.imagewright.exec.ProcessExec;
import io.imagewright.guest.FileType;
import io.imagewright.guest.TreeMember;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class TreeSourceTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private interface Filling {
        void fill(TarArchiveOutputStream tar) throws IOException;
    }

    private static byte[] tar(Filling filling) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            filling.fill(tar);
        }
        return bytes.toByteArray();
    }

    private static TarArchiveEntry entry(String name, byte type) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setMode(0644);
        entry.setModTime(1_700_000_000_000L);
        return entry;
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, String content) throws IOException {
        put(tar, entry, content.getBytes(StandardCharsets.UTF_8));
    }

    private static void file(TarArchiveOutputStream tar, String name, String content) throws IOException {
        put(tar, entry(name, TarConstants.LF_NORMAL), content);
    }

    private static void link(TarArchiveOutputStream tar, String name, byte type, String target) throws IOException {
        TarArchiveEntry entry = entry(name, type);
        entry.setLinkName(target);
        put(tar, entry, "");
    }

    private FileTree open(byte[] source) throws IOException {
        Path file = folder.newFile().toPath();
        return TreeSource.open(Files.write(file, source), folder.newFolder().toPath(), new ProcessExec(), done -> {});
    }

    private static List<String> paths(FileTree tree) {
        List<String> paths = new ArrayList<>();
        tree.forEach(member -> paths.add(member.path().toString()));
        return paths;
    }

    @Test
    public void whatAnArchiveHoldsIsKept() throws IOException {
        FileTree tree = open(tar(out -> {
            TarArchiveEntry owned = entry("usr/bin/ping", TarConstants.LF_NORMAL);
            owned.setMode(04755);
            owned.setIds(3_000_000, 70_000);
            owned.addPaxHeader("SCHILY.xattr.security.capability", "caps");
            owned.addPaxHeader("mtime", "1700000000.25");
            put(out, owned, "program");
            link(out, "usr/bin/other", TarConstants.LF_LINK, "usr/bin/ping");
            link(out, "bin", TarConstants.LF_SYMLINK, "usr/bin");
            TarArchiveEntry device = entry("dev/null", TarConstants.LF_CHR);
            device.setDevMajor(1);
            device.setDevMinor(3);
            put(out, device, "");
            file(out, "bin/through", "a link to a directory is followed");
        }));
        assertEquals(
                List.of(
                        "/",
                        "/bin",
                        "/dev",
                        "/dev/null",
                        "/usr",
                        "/usr/bin",
                        "/usr/bin/other",
                        "/usr/bin/ping",
                        "/usr/bin/through"),
                paths(tree));
        TreeMember ping = tree.find("bin/ping").orElseThrow();
        assertEquals(04755, ping.stat().permissions());
        assertEquals(3_000_000, ping.stat().owner());
        assertEquals(70_000, ping.stat().group());
        assertEquals(250_000_000, ping.stat().nanoseconds());
        assertEquals(2, ping.stat().links());
        assertEquals(ping.identity(), tree.find("usr/bin/other").orElseThrow().identity());
        assertTrue(ping.attributes().containsKey("security.capability"));
        TreeMember device = tree.find("dev/null").orElseThrow();
        assertEquals(FileType.CHARACTER_DEVICE, device.stat().type());
        assertEquals(3, device.minor());
        assertEquals("program", new String(tree.read("usr/bin/ping", 100).orElseThrow(), StandardCharsets.UTF_8));
    }

    @Test
    public void linksLeadNowhereOutside() throws IOException {
        FileTree tree = open(tar(out -> {
            link(out, "out", TarConstants.LF_SYMLINK, "../../../../etc");
            link(out, "absolute", TarConstants.LF_SYMLINK, "/etc");
            file(out, "etc/own", "inside");
            file(out, "out/one", "1");
            file(out, "absolute/two", "2");
            file(out, "/var/three", "3");
        }));
        assertEquals(
                List.of("/", "/absolute", "/etc", "/etc/one", "/etc/own", "/etc/two", "/out", "/var", "/var/three"),
                paths(tree));
        assertEquals(List.of("one", "own", "two"), tree.names("out"));
    }

    /** One file whose pax header has these keywords and values. */
    private static byte[] withRecords(String... records) throws IOException {
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < records.length; i += 2) {
            String record = " " + records[i] + "=" + records[i + 1] + "\n";
            int length = record.length();
            while (String.valueOf(length).length() + record.length() != length) {
                length = String.valueOf(length).length() + record.length();
            }
            header.append(length).append(record);
        }
        return withHeader(header.toString());
    }

    private static byte[] withHeader(String header) throws IOException {
        return tar(out -> {
            put(out, entry("header", TarConstants.LF_PAX_EXTENDED_HEADER_LC), header);
            file(out, "a", "0123456789");
        });
    }

    private record Hostile(String why, byte[] source) {}

    @Test
    public void hostileArchivesAreRefused() throws IOException {
        byte[] whole = tar(out -> file(out, "a", "x".repeat(5000)));
        byte[] damaged = whole.clone();
        damaged[5]++;
        List<Hostile> table = List.of(
                new Hostile("has a `..'", tar(out -> file(out, "a/../../b", ""))),
                new Hostile("is no directory", tar(out -> {
                    file(out, "a", "");
                    file(out, "a/b", "");
                })),
                new Hostile("not in it", tar(out -> link(out, "a", TarConstants.LF_LINK, "/etc/shadow"))),
                new Hostile("has a `..'", tar(out -> link(out, "a", TarConstants.LF_LINK, "../etc/shadow"))),
                new Hostile("too many links", tar(out -> {
                    link(out, "a", TarConstants.LF_SYMLINK, "b");
                    link(out, "b", TarConstants.LF_SYMLINK, "a");
                    file(out, "a/c", "");
                })),
                new Hostile("256 bytes", tar(out -> file(out, "n".repeat(256), ""))),
                new Hostile("deep", tar(out -> file(out, "d/".repeat(3000) + "f", ""))),
                new Hostile("is unknown", tar(out -> put(out, entry("a", (byte) 'Z'), ""))),
                new Hostile("which Linux has not", tar(out -> {
                    TarArchiveEntry device = entry("dev", TarConstants.LF_BLK);
                    device.setDevMajor(5000);
                    put(out, device, "");
                })),
                new Hostile("in disorder", withRecords("GNU.sparse.map", "0,5,2,5", "GNU.sparse.size", "100")),
                new Hostile("beyond its end", withRecords("GNU.sparse.map", "0,5,900,100", "GNU.sparse.size", "100")),
                new Hostile("map of a file with holes is damaged", withRecords("GNU.sparse.map", "0,5,-1,5")),
                new Hostile("longer than Linux allows", withRecords("SCHILY.xattr.user.a", "x".repeat(70_000))),
                new Hostile("system.data", withRecords("SCHILY.xattr.system.data", "x")),
                new Hostile("com.apple.x", withRecords("LIBARCHIVE.xattr.com.apple.x", "eA==")),
                new Hostile("an ACL in it", withRecords("SCHILY.acl.access", "user:root:rw-")),
                new Hostile("pax header of it is damaged", withHeader("999999 path=a\n")),
                new Hostile("pax header of it is damaged", withHeader("9 path\n")),
                new Hostile("pax header of it is damaged", withRecords("uid", "-1")),
                new Hostile("a time in it is damaged", withRecords("mtime", "1e999999999")),
                new Hostile("cut short", withRecords("size", "999999999999999999")),
                new Hostile("holds a NUL", withRecords("path", "a\0b")),
                new Hostile("cut short", Arrays.copyOf(whole, 3000)),
                new Hostile("no tar", damaged),
                new Hostile("no tar", "not a tar at all ".repeat(100).getBytes(StandardCharsets.UTF_8)));
        for (Hostile hostile : table) {
            ImageException refused = assertThrows(hostile.why(), ImageException.class, () -> open(hostile.source()));
            assertTrue(refused.getMessage(), refused.getMessage().contains(hostile.why()));
        }
    }

    @Test
    public void whatOnlyLooksLargeIsCounted() throws IOException {
        byte[] names = tar(out -> {
            file(out, "a", "");
            for (int i = 0; i < 200; i++) {
                link(out, "link" + i, TarConstants.LF_LINK, "a");
            }
        });
        byte[] texts = tar(out -> {
            for (int i = 0; i < 50; i++) {
                link(out, "l" + i, TarConstants.LF_SYMLINK, "x".repeat(4000));
            }
        });
        assertRefused("more than 100 files", names, new FileTree.Limits(100, 1 << 20));
        assertRefused("take more than 0 MiB", texts, new FileTree.Limits(100, 100_000));
    }

    private void assertRefused(String why, byte[] tar, FileTree.Limits limits) throws IOException {
        Path file = Files.write(folder.newFile().toPath(), tar);
        FileTree tree = new FileTree(folder.getRoot().toPath(), limits);
        TreeFault refused =
                assertThrows(TreeFault.class, () -> TarReader.read(new TarReader.Place(file, 0, tar.length), tree));
        assertTrue(refused.getMessage(), String.valueOf(refused.getMessage()).contains(why));
    }

    @Test
    public void layersRemoveAndReplace() throws IOException {
        byte[] lower = tar(out -> {
            file(out, "keep", "1");
            file(out, "gone", "1");
            file(out, "opaque/old", "1");
            file(out, "changed", "1");
        });
        byte[] upper = tar(out -> {
            file(out, ".wh.gone", "");
            file(out, "opaque/new", "2");
            file(out, "opaque/.wh..wh..opq", "");
            file(out, "changed", "2");
        });
        FileTree tree = open(tar(out -> {
            file(
                    out,
                    "manifest.json",
                    "[{\"Config\":\"c.json\",\"Layers\":[\"lower/layer.tar\",\"upper/layer.tar\"]}]");
            put(out, entry("lower/layer.tar", TarConstants.LF_NORMAL), lower);
            put(out, entry("upper/layer.tar", TarConstants.LF_NORMAL), upper);
        }));
        assertEquals(List.of("/", "/changed", "/keep", "/opaque", "/opaque/new"), paths(tree));
        assertArrayEquals(new byte[] {'2'}, tree.read("changed", 1).orElseThrow());
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content) throws IOException {
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
