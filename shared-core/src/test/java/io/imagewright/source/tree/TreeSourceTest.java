package io.imagewright.source.tree;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.ProcessExec;
import io.imagewright.guest.Bytes;
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
        return open(Files.write(folder.newFile().toPath(), source));
    }

    private FileTree open(Path source) throws IOException {
        return TreeSource.open(source, folder.newFolder().toPath(), new ProcessExec(), done -> {});
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

    private static void global(TarArchiveOutputStream tar, String keyword, String value) throws IOException {
        TarArchiveEntry header = entry("header", TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER);
        header.addPaxHeader(keyword, value);
        tar.putArchiveEntry(header);
    }

    private static String record(String keyword, String value) {
        String record = " " + keyword + "=" + value + "\n";
        int bytes = record.getBytes(StandardCharsets.UTF_8).length;
        int length = bytes;
        while (String.valueOf(length).length() + bytes != length) {
            length = String.valueOf(length).length() + bytes;
        }
        return length + record;
    }

    /** One file whose pax header has these keywords and values. */
    private static byte[] withRecords(String... records) throws IOException {
        return withRecords(TarConstants.LF_NORMAL, records);
    }

    private static byte[] withRecords(byte type, String... records) throws IOException {
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < records.length; i += 2) {
            header.append(record(records[i], records[i + 1]));
        }
        return withHeader(type, header.toString());
    }

    private static byte[] withHeader(String header) throws IOException {
        return withHeader(TarConstants.LF_NORMAL, header);
    }

    private static byte[] withHeader(byte type, String header) throws IOException {
        return tar(out -> {
            put(out, entry("header", TarConstants.LF_PAX_EXTENDED_HEADER_LC), header);
            put(out, entry("a", type), type == TarConstants.LF_NORMAL ? "0123456789" : "");
        });
    }

    /** What docker save writes of an image of one layer, which is the file a/layer.tar. */
    private static byte[] saved(String layer, byte[] content) throws IOException {
        return tar(out -> {
            file(out, "manifest.json", "[{\"Layers\":[\"" + layer + "\"]}]");
            put(out, entry("a/layer.tar", TarConstants.LF_NORMAL), content);
        });
    }

    private static byte[] layout(String... manifests) throws IOException {
        return tar(out -> {
            file(out, "oci-layout", "{}");
            file(out, "index.json", "{\"manifests\":[" + String.join(",", manifests) + "]}");
            file(out, "blobs/sha256/" + NO_LAYERS, "{}");
        });
    }

    /** Of the digest and the content that {@link #layout} has. */
    private static final String NO_LAYERS = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    private static String manifest(String digest, String platform) {
        String[] parts = platform.split("/");
        return "{\"digest\":\"sha256:" + digest + "\",\"platform\":{\"os\":\"" + parts[0] + "\",\"architecture\":\""
                + parts[1] + "\"}}";
    }

    /** A frame of zstd that says it has so much to skip, cut to this size. */
    private static byte[] skippable(int length, int size) {
        byte[] head = {0x50, 0x2a, 0x4d, 0x18, (byte) length, (byte) (length >> 8), (byte) (length >> 16), 0};
        return Arrays.copyOf(head, size);
    }

    @Test
    public void anOnlyImageNeedsNoPlatform() throws IOException {
        String digest = "{\"digest\":\"sha256:" + NO_LAYERS + "\"";
        assertEquals(List.of("/"), paths(open(layout(digest + "}"))));
        assertEquals(List.of("/"), paths(open(layout(digest + ",\"platform\":{}}"))));
    }

    @Test
    public void twoTagsOfOneImageAreOneImage() throws IOException {
        String manifest = manifest(NO_LAYERS, "linux/amd64");
        assertEquals(List.of("/"), paths(open(layout(manifest, manifest))));
    }

    @Test
    public void attributesAreKeptAsTheArchiveNamesThem() throws IOException {
        TreeMember file = open(withRecords("SCHILY.xattr.user.a%3Db%25c", "v", "SCHILY.xattr.user.empty", ""))
                .find("a")
                .orElseThrow();
        assertEquals(Map.of("user.a=b%c", Bytes.of("v"), "user.empty", Bytes.EMPTY), file.attributes());
    }

    @Test
    public void attributesOfOtherSystemsAreLeftOut() throws IOException {
        FileTree tree = open(withRecords(
                "SCHILY.xattr.system.nfs4_acl", "x",
                "SCHILY.xattr.btrfs.compression", "zstd",
                "LIBARCHIVE.xattr.com.apple.x", "eA==",
                "SCHILY.xattr.user.a", "v"));
        assertEquals(
                Map.of("user.a", Bytes.of("v")), tree.find("a").orElseThrow().attributes());
        assertEquals(
                List.of("btrfs.compression", "com.apple.x", "system.nfs4_acl"), List.copyOf(tree.leftOutAttributes()));
    }

    @Test
    public void anEmptyRecordHidesTheGlobalOne() throws IOException {
        FileTree tree = open(tar(out -> {
            global(out, "SCHILY.acl.access", "user::rw-,group::r--,other::r--");
            file(out, "global", "");
            put(out, entry("header", TarConstants.LF_PAX_EXTENDED_HEADER_LC), record("SCHILY.acl.access", ""));
            file(out, "own", "");
        }));
        assertEquals(1, tree.find("global").orElseThrow().attributes().size());
        assertEquals(Map.of(), tree.find("own").orElseThrow().attributes());
    }

    /** Quadratic reading would take hours. */
    @Test(timeout = 60_000)
    public void readingTakesTheTimeOfTheLength() throws IOException {
        String pair = "23 GNU.sparse.offset=0\n25 GNU.sparse.numbytes=0\n";
        open(withHeader(pair.repeat(100_000)));
        byte[] upper = tar(out -> {
            for (int i = 0; i < 8_000; i++) {
                file(out, "d/" + i, "");
            }
            for (int i = 0; i < 8_000; i++) {
                file(out, "d/.wh..wh..opq", "");
            }
        });
        open(saved("a/layer.tar", upper));
    }

    @Test
    public void whatIsNoFileIsRefused() throws Exception {
        Path pipe = folder.getRoot().toPath().resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        ImageException refused = assertThrows(ImageException.class, () -> open(pipe));
        assertTrue(refused.getMessage(), refused.getMessage().contains("neither a file nor a directory"));
    }

    @Test
    public void aDirectoryIsNotPackedIntoItself() throws IOException {
        Path work = folder.newFolder("source", "work").toPath();
        ImageException refused = assertThrows(
                ImageException.class, () -> TreeSource.open(work.getParent(), work, new ProcessExec(), done -> {}));
        assertTrue(refused.getMessage(), refused.getMessage().contains("is in it"));
    }

    @Test
    public void whatTheMachineLacksIsNoFaultOfTheSource() throws IOException {
        Map<ExecResult, Kind> table = Map.of(
                new ExecResult(2, "", "tar: ./a: Cannot open: Permission denied"),
                Kind.ENVIRONMENT,
                new ExecResult(2, "", "tar: x: Wrote only 2048 of 10240 bytes\ntar: x: No space left on device"),
                Kind.ENVIRONMENT,
                new ExecResult(153, "", ""),
                Kind.ENVIRONMENT,
                new ExecResult(127, "", "sh: 1: exec: sqfs2tar: not found"),
                Kind.ENVIRONMENT,
                new ExecResult(1, "", "tar: ./a: file changed as we read it"),
                Kind.SOURCE);
        Path source = folder.newFolder().toPath();
        Path work = folder.newFolder().toPath();
        table.forEach((result, kind) -> {
            ImageException refused = assertThrows(
                    ImageException.class, () -> TreeSource.open(source, work, command -> result, done -> {}));
            assertEquals(refused.getMessage(), kind, refused.kind());
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
                new Hostile("256 bytes", tar(out -> {
                    link(out, "a", TarConstants.LF_SYMLINK, "n".repeat(256));
                    file(out, "a/b", "");
                })),
                new Hostile("longer than 4095 bytes", tar(out -> file(out, "d/".repeat(3000) + "f", ""))),
                new Hostile("longer than 4095 bytes", tar(out -> file(out, ("n".repeat(255) + "/").repeat(16), ""))),
                new Hostile("longer than 4095 bytes", tar(out -> {
                    file(out, "d/".repeat(2000), "");
                    link(out, "a", TarConstants.LF_SYMLINK, "d/".repeat(2000));
                    file(out, "a/" + "e/".repeat(100), "");
                })),
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
                new Hostile("longer than Linux allows", withRecords("SCHILY.xattr.user." + "\u00e9".repeat(150), "x")),
                new Hostile(
                        "attributes of a file in it have more than",
                        withRecords(
                                "SCHILY.xattr.user.a", "x".repeat(40_000), "SCHILY.xattr.user.b", "x".repeat(40_000))),
                new Hostile("its global headers have more than", tar(out -> {
                    global(out, "SCHILY.xattr.user.a", "x".repeat(40_000));
                    global(out, "SCHILY.xattr.user.b", "x".repeat(40_000));
                    file(out, "a", "");
                })),
                new Hostile("an ACL in it", withRecords("SCHILY.acl.access", "user:root:rw-")),
                new Hostile("pax header of it is damaged", withHeader("999999 path=a\n")),
                new Hostile("pax header of it is damaged", withHeader("9 path\n")),
                new Hostile("pax header of it is damaged", withRecords("uid", "-1")),
                new Hostile("a time in it is damaged", withRecords("mtime", "1e999999999")),
                new Hostile("cut short", withRecords("size", "999999999999999999")),
                new Hostile("holds a NUL", withRecords("path", "a\0b")),
                new Hostile("holds a NUL", withRecords(TarConstants.LF_SYMLINK, "linkpath", "a\0b")),
                new Hostile("cut short", Arrays.copyOf(whole, 3000)),
                new Hostile("cut short", Arrays.copyOf(whole, 512 + 5120)),
                new Hostile("cut short", Arrays.copyOf(whole, 512 + 5120 + 300)),
                new Hostile("no tar", new byte[0]),
                new Hostile("no tar", Arrays.copyOf(whole, 300)),
                new Hostile("no tar", damaged),
                new Hostile("names a layer by", saved("a/../layer.tar", whole)),
                new Hostile("names a layer by", saved("a\\u0000", whole)),
                new Hostile("is missing", saved("b/layer.tar", whole)),
                // what is behind a blob is none of it
                new Hostile("cut short", layered(skippable(700_000, 600_000), new byte[300_000])),
                new Hostile("no image for linux/amd64", layout(manifest("a", "linux/arm64"))),
                new Hostile(
                        "2 images for linux/amd64", layout(manifest("a", "linux/amd64"), manifest("b", "linux/amd64"))),
                new Hostile("no tar", "not a tar at all ".repeat(100).getBytes(StandardCharsets.UTF_8)));
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            String why = table.get(i).why();
            String got = refusal(table.get(i).source());
            if (!got.contains(why)) {
                wrong.add(i + ": " + got + " instead of: " + why);
            }
        }
        assertEquals(List.of(), wrong);
    }

    private String refusal(byte[] source) throws IOException {
        try {
            open(source);
            return "is read";
        } catch (ImageException refused) {
            return String.valueOf(refused.getMessage());
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
        byte[] attributes = tar(out -> {
            for (int i = 0; i < 50; i++) {
                TarArchiveEntry many = entry("f" + i, TarConstants.LF_NORMAL);
                for (int j = 0; j < 40; j++) {
                    many.addPaxHeader("SCHILY.xattr.user." + j, "x");
                }
                put(out, many, "");
            }
        });
        byte[] holes = tar(out -> {
            for (int i = 0; i < 50; i++) {
                StringBuilder map = new StringBuilder("0,1");
                for (int j = 1; j < 50; j++) {
                    map.append(',').append(2 * j).append(",1");
                }
                String header = record("GNU.sparse.map", map.toString()) + record("GNU.sparse.size", "100");
                put(out, entry("header", TarConstants.LF_PAX_EXTENDED_HEADER_LC), header);
                file(out, "f" + i, "x".repeat(50));
            }
        });
        assertRefused("take more than 0 MiB", attributes, new FileTree.Limits(100, 100_000));
        assertRefused("take more than 0 MiB", holes, new FileTree.Limits(100, 100_000));
        assertRefused("more than 100 files", names, new FileTree.Limits(100, 1 << 20));
        assertRefused("take more than 0 MiB", texts, new FileTree.Limits(100, 100_000));
    }

    private void assertRefused(String why, byte[] tar, FileTree.Limits limits) throws IOException {
        Path file = Files.write(folder.newFile().toPath(), tar);
        FileTree tree = new FileTree(folder.getRoot().toPath(), limits);
        TreeFault refused = assertThrows(
                TreeFault.class, () -> TarReader.read(new TarReader.Place(file, 0, tar.length), new TreeFiller(tree)));
        assertTrue(refused.getMessage(), String.valueOf(refused.getMessage()).contains(why));
    }

    private record Layers(String what, List<String> left, Filling lower, Filling upper) {}

    @Test
    public void whiteOutsRemoveWhatIsInLowerLayersOnly() throws IOException {
        List<Layers> table = List.of(
                new Layers("a file", List.of("/", "/keep"), lower -> file(lower, "keep", ""), upper -> {
                    file(upper, ".wh.gone", "");
                }),
                new Layers(
                        "all of a directory",
                        List.of("/", "/opaque", "/opaque/new"),
                        lower -> file(lower, "opaque/old", ""),
                        upper -> {
                            file(upper, "opaque/new", "");
                            file(upper, "opaque/.wh..wh..opq", "");
                        }),
                new Layers(
                        "all of a directory, before what comes into it",
                        List.of("/", "/opaque", "/opaque/new"),
                        lower -> file(lower, "opaque/old", ""),
                        upper -> {
                            file(upper, "opaque/.wh..wh..opq", "");
                            file(upper, "opaque/new", "");
                        }),
                new Layers(
                        "of a directory below that has no entry",
                        List.of("/", "/d", "/d/sub", "/d/sub/new"),
                        lower -> file(lower, "d/sub/old", ""),
                        upper -> {
                            file(upper, "d/sub/new", "");
                            file(upper, "d/.wh..wh..opq", "");
                        }),
                new Layers(
                        "of a directory below that has one",
                        List.of("/", "/d", "/d/sub", "/d/sub/new"),
                        lower -> file(lower, "d/sub/old", ""),
                        upper -> {
                            put(upper, entry("d/sub/", TarConstants.LF_DIR), "");
                            file(upper, "d/sub/new", "");
                            file(upper, "d/.wh..wh..opq", "");
                        }),
                new Layers(
                        "a directory that is there again",
                        List.of("/", "/d", "/d/new"),
                        lower -> file(lower, "d/old", ""),
                        upper -> {
                            file(upper, "d/new", "");
                            file(upper, ".wh.d", "");
                        }),
                new Layers(
                        "not the further name of a lower file",
                        List.of("/", "/a", "/d", "/d/new"),
                        lower -> {
                            file(lower, "a", "");
                            file(lower, "d/old", "");
                        },
                        upper -> {
                            link(upper, "d/new", TarConstants.LF_LINK, "a");
                            file(upper, "d/.wh..wh..opq", "");
                        }),
                new Layers(
                        "nothing, and make no directory",
                        List.of("/", "/keep"),
                        lower -> file(lower, "keep", ""),
                        upper -> {
                            file(upper, "none/.wh.gone", "");
                        }),
                new Layers(
                        "by a hard link of white-outs",
                        List.of("/"),
                        lower -> {
                            file(lower, "a", "");
                            file(lower, "b", "");
                        },
                        upper -> {
                            file(upper, ".wh.a", "");
                            link(upper, ".wh.b", TarConstants.LF_LINK, ".wh.a");
                        }),
                new Layers(
                        "nothing through a lower link",
                        List.of("/", "/d", "/e", "/e/keep"),
                        lower -> {
                            file(lower, "e/keep", "");
                            link(lower, "d", TarConstants.LF_SYMLINK, "e");
                        },
                        upper -> {
                            put(upper, entry("d/", TarConstants.LF_DIR), "");
                            file(upper, "d/.wh..wh..opq", "");
                        }));
        List<String> wrong = new ArrayList<>();
        for (Layers layers : table) {
            byte[] lower = tar(out -> {
                file(out, "gone", "");
                layers.lower().fill(out);
            });
            byte[] upper = tar(out -> {
                file(out, ".wh.gone", "");
                layers.upper().fill(out);
            });
            List<String> left = paths(open(layered(lower, upper)));
            if (!left.equals(layers.left())) {
                wrong.add(layers.what() + ": " + left);
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static byte[] layered(byte[] lower, byte[] upper) throws IOException {
        return tar(out -> {
            file(
                    out,
                    "manifest.json",
                    "[{\"Config\":\"c.json\",\"Layers\":[\"lower/layer.tar\",\"upper/layer.tar\"]}]");
            put(out, entry("lower/layer.tar", TarConstants.LF_NORMAL), lower);
            put(out, entry("upper/layer.tar", TarConstants.LF_NORMAL), upper);
        });
    }

    @Test
    public void upperLayersReplace() throws IOException {
        FileTree tree = open(layered(tar(out -> file(out, "changed", "1")), tar(out -> file(out, "changed", "2"))));
        assertArrayEquals(new byte[] {'2'}, tree.read("changed", 1).orElseThrow());
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content) throws IOException {
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
