package io.imagewright.guest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.LayoutReader;
import io.imagewright.error.ImageException;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** What every {@link Guest} does. An engine's test extends it and says how a guest with given files is made. */
public abstract class GuestContract {

    /** A file capability of two 32-bit words and more, as {@code security.capability} stores it. */
    private static final Bytes CAPABILITY =
            Bytes.of(new byte[] {1, 0, 0, 2, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<Guest> opened = new ArrayList<>();

    /** A fresh guest with exactly these files in its root, beside what its file system brings itself ({@code lost+found}). */
    protected abstract Guest guest(Consumer<TreeBuilder> content) throws Exception;

    /** The same guest closed and opened again, so that what was written is read back; an engine without storage gives it back as it is. */
    protected Guest reopen(Guest guest) throws Exception {
        return guest;
    }

    @After
    public void closeGuests() {
        opened.forEach(Guest::close);
    }

    private Guest open(Consumer<TreeBuilder> content) throws Exception {
        Guest guest = guest(content);
        opened.add(guest);
        return guest;
    }

    private Guest applied(Guest guest, Change... changes) throws Exception {
        guest.apply(List.of(changes));
        opened.remove(guest);
        Guest again = reopen(guest);
        opened.add(again);
        return again;
    }

    private static GuestPath path(String path) {
        return GuestPath.of(path);
    }

    private static GuestPath odd(String directory, int... bytes) {
        byte[] name = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            name[i] = (byte) bytes[i];
        }
        return path(directory).child(name);
    }

    private static String text(Guest guest, String path) {
        Bytes bytes = guest.read(List.of(path(path)), 1 << 24).get(path(path));
        return bytes == null ? "(nothing)" : bytes.text();
    }

    private static List<String> names(List<Entry> entries) {
        return entries.stream().map(entry -> entry.path().toString()).toList();
    }

    private static FileStat stat(Guest guest, String path) {
        return guest.stat(path(path)).orElseThrow(() -> new AssertionError("nothing at " + path));
    }

    // archives

    @Test
    public void listsEveryFileForAnArchive() throws Exception {
        Guest guest = open(t -> t.file("/etc/shadow", "root:*:1::::::\n")
                .mode(0640)
                .owner(0, 70000)
                .xattr("security.capability", CAPABILITY)
                .hardLink("/etc/twin", "/etc/shadow")
                .dir("/srv")
                .symlink("/srv/link", "../etc/shadow")
                .file("/srv/empty", ""));
        List<TreeMember> members = new ArrayList<>();
        Path spool = folder.getRoot().toPath().resolve("spool");
        guest.forEachMember(spool, members::add);
        Map<GuestPath, TreeMember> byPath = new TreeMap<>();
        members.forEach(member -> byPath.put(member.path(), member));
        assertEquals(
                List.copyOf(byPath.keySet()),
                members.stream().map(TreeMember::path).toList());
        assertEquals(GuestPath.ROOT, members.get(0).path());
        TreeMember shadow = byPath.get(path("/etc/shadow"));
        assertEquals(stat(guest, "/etc/shadow"), shadow.stat());
        assertEquals(CAPABILITY, shadow.attributes().get("security.capability"));
        assertEquals("root:*:1::::::\n", content(shadow));
        assertEquals(shadow.identity(), byPath.get(path("/etc/twin")).identity());
        assertEquals("../etc/shadow", byPath.get(path("/srv/link")).target().text());
        assertEquals("", content(byPath.get(path("/srv/empty"))));
    }

    private static String content(TreeMember file) throws Exception {
        DiskLayout layout = new DiskLayout(file.stat().size(), file.data());
        try (LayoutReader reader = new LayoutReader(layout)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) reader.size());
            reader.read(0, buffer);
            return new String(buffer.array(), StandardCharsets.ISO_8859_1);
        }
    }

    // reading

    @Test
    public void statsEachKindOfFile() throws Exception {
        Guest guest = open(t -> t.file("/etc/shadow", "root:*:1::::::\n")
                .mode(0640)
                .owner(0, 42)
                .modified(1234567890)
                .dir("/srv")
                .mode(01777)
                .owner(33, 70000)
                .symlink("/srv/link", "../etc/shadow"));
        FileStat shadow = stat(guest, "/etc/shadow");
        assertTrue(shadow.isRegular());
        assertEquals(0640, shadow.permissions());
        assertEquals(0, shadow.owner());
        assertEquals(42, shadow.group());
        assertEquals(15, shadow.size());
        assertEquals(1234567890, shadow.modified());
        assertEquals(1, shadow.links());
        assertTrue(stat(guest, "/srv").isDirectory());
        assertEquals(01777, stat(guest, "/srv").permissions());
        assertEquals(33, stat(guest, "/srv").owner());
        assertEquals(70000, stat(guest, "/srv").group());
        assertTrue(stat(guest, "/srv/link").isSymlink());
        assertTrue(stat(guest, "/").isDirectory());
    }

    @Test
    public void findsNothing_whenAFileOrADirectoryOnTheWayIsMissing() throws Exception {
        Guest guest = open(t -> t.file("/etc/passwd", "x"));
        assertEquals(Optional.empty(), guest.stat(path("/etc/group")));
        assertEquals(Optional.empty(), guest.stat(path("/no/such/file")));
        assertEquals(Optional.empty(), guest.stat(path("/etc/passwd/below")));
        assertEquals(Optional.empty(), guest.resolve(path("/no/such/file")));
        assertEquals(Optional.empty(), guest.readLink(path("/etc/passwd")));
        assertEquals(Map.of(), guest.read(List.of(path("/nothing"), path("/etc")), 100));
        assertEquals(Map.of(), guest.xattrs(path("/nothing")));
        assertEquals(List.of(), guest.list(path("/etc/passwd")));
        assertEquals(List.of(), guest.walk(path("/nothing")));
    }

    @Test
    public void listsOnlyDirectEntries_inOrder() throws Exception {
        Guest guest = open(
                t -> t.file("/d/b", "").file("/d/a/deep", "").file("/d/B", "").file("/d/a-b", ""));
        assertEquals(List.of("/d/B", "/d/a", "/d/a-b", "/d/b"), names(guest.list(path("/d"))));
    }

    @Test
    public void findsWhatLiesDeep_inAnyOrderOfQuestions() throws Exception {
        Guest guest = open(t -> t.file("/opt/a/b/c/d/e/f/g/file", "deep")
                .file("/opt/a/b/c/d/other", "")
                .file("/opt/a/b/x/y/z/w/file", "")
                .file("/opt/a-b", "")
                .symlink("/opt/link", "a/b/c/d/e"));
        assertEquals(4, stat(guest, "/opt/link/f/g/file").size());
        assertEquals(Optional.empty(), guest.stat(path("/opt/a/b/c/d/e/f/g/missing/file")));
        assertEquals(Optional.empty(), guest.stat(path("/opt/a/b/c/d/other/file")));
        assertEquals(List.of("/opt/a/b/x/y/z"), names(guest.list(path("/opt/a/b/x/y"))));
        assertEquals(List.of(), guest.list(path("/opt/a-b")));
        assertEquals(
                List.of(
                        "/opt/a/b",
                        "/opt/a/b/c",
                        "/opt/a/b/c/d",
                        "/opt/a/b/c/d/e",
                        "/opt/a/b/c/d/e/f",
                        "/opt/a/b/c/d/e/f/g",
                        "/opt/a/b/c/d/e/f/g/file",
                        "/opt/a/b/c/d/other",
                        "/opt/a/b/x",
                        "/opt/a/b/x/y",
                        "/opt/a/b/x/y/z",
                        "/opt/a/b/x/y/z/w",
                        "/opt/a/b/x/y/z/w/file"),
                names(guest.walk(path("/opt/a"))));
        assertEquals(List.of("/opt/a", "/opt/a-b", "/opt/link"), names(guest.list(path("/opt"))));
    }

    @Test
    public void walksInPathOrder_withoutFollowingLinks() throws Exception {
        Guest guest = open(t ->
                t.file("/d/a/deep", "").file("/d/a-b", "").symlink("/d/z", "/").symlink("/alias", "d"));
        List<String> expected = List.of("/d/a", "/d/a/deep", "/d/a-b", "/d/z");
        assertEquals(expected, names(guest.walk(path("/d"))));
        assertEquals("the directory itself is followed", expected, names(guest.walk(path("/alias"))));
    }

    @Test
    public void readsManyFilesAtOnce_underTheNamesAskedFor() throws Exception {
        Guest guest = open(t -> t.file("/a", "one").file("/b", "").symlink("/c", "a"));
        Map<GuestPath, Bytes> read = guest.read(List.of(path("/a"), path("/b"), path("/c"), path("/d")), 3);
        assertEquals(Map.of(path("/a"), Bytes.of("one"), path("/b"), Bytes.EMPTY, path("/c"), Bytes.of("one")), read);
    }

    @Test
    public void refusesToRead_whenAFileIsLongerThanTheLimit() throws Exception {
        Guest guest = open(t -> t.file("/etc/fstab", "0123456789"));
        ImageException e = assertThrows(ImageException.class, () -> guest.read(List.of(path("/etc/fstab")), 9));
        assertTrue(e.getMessage(), e.getMessage().contains("/etc/fstab"));
    }

    @Test
    public void keepsLinksInsideTheRoot() throws Exception {
        Guest guest = open(t -> t.file("/etc/passwd", "guest's")
                .symlink("/abs", "/etc/passwd")
                .symlink("/etc/up", "../../../../etc/passwd")
                .symlink("/var/dir", "../etc"));
        assertEquals("guest's", text(guest, "/abs"));
        assertEquals("guest's", text(guest, "/etc/up"));
        assertEquals(Optional.of(path("/etc/passwd")), guest.resolve(path("/var/dir/up")));
        assertEquals(Optional.of(Bytes.of("../etc")), guest.readLink(path("/var/dir")));
        assertTrue(guest.stat(path("/var/dir/passwd")).isPresent());
    }

    @Test
    public void refusesLinksThatGoInACircle() throws Exception {
        Guest guest = open(t -> t.symlink("/a", "b").symlink("/b", "a"));
        assertTrue(guest.stat(path("/a")).isPresent());
        assertThrows(ImageException.class, () -> guest.resolve(path("/a")));
        assertThrows(ImageException.class, () -> guest.stat(path("/a/below")));
    }

    @Test
    public void readsLongLinkTargets() throws Exception {
        String target = "/" + "directory/".repeat(30) + "file";
        Guest guest = open(t -> t.symlink("/short", "x".repeat(59))
                .symlink("/edge", "y".repeat(60))
                .symlink("/long", target));
        assertEquals(Optional.of(Bytes.of("x".repeat(59))), guest.readLink(path("/short")));
        assertEquals(Optional.of(Bytes.of("y".repeat(60))), guest.readLink(path("/edge")));
        assertEquals(Optional.of(Bytes.of(target)), guest.readLink(path("/long")));
    }

    @Test
    public void seesHardLinksAsOneFile() throws Exception {
        Guest guest = open(t -> t.file("/a", "same").hardLink("/b", "/a"));
        assertEquals(stat(guest, "/a"), stat(guest, "/b"));
        assertEquals(2, stat(guest, "/a").links());
    }

    @Test
    public void readsExtendedAttributesAsBytes() throws Exception {
        Guest guest = open(t -> t.file("/bin/ping", "x")
                .xattr("security.capability", CAPABILITY)
                .xattr("user.note", Bytes.of("hi")));
        assertEquals(
                Map.of("security.capability", CAPABILITY, "user.note", Bytes.of("hi")),
                guest.xattrs(path("/bin/ping")));
    }

    @Test
    public void listsAndDeletesNamesThatAreNoText() throws Exception {
        GuestPath newline = odd("/tmp", 'a', '\n', 'b');
        GuestPath invalid = odd("/tmp", 0xff, 0xfe);
        Guest guest = open(
                t -> t.file(newline, Bytes.of("1")).file(invalid, Bytes.of("2")).file("/tmp/kept", "3"));
        assertEquals(
                List.of(newline, path("/tmp/kept"), invalid),
                guest.list(path("/tmp")).stream().map(Entry::path).toList());
        assertEquals(Bytes.of("2"), guest.read(List.of(invalid), 10).get(invalid));
        Guest after = applied(guest, new Change.Delete(newline), new Change.Scrub(invalid));
        assertEquals(List.of("/tmp/kept"), names(after.list(path("/tmp"))));
    }

    // deleting

    @Test
    public void deletesFilesLinksAndEmptyDirectories_andWhatIsMissingIsNoError() throws Exception {
        Guest guest = open(t -> t.file("/target", "kept")
                .symlink("/link", "target")
                .dir("/empty")
                .file("/file", "x"));
        Guest after = applied(
                guest,
                new Change.Delete(path("/link")),
                new Change.Delete(path("/empty")),
                new Change.Delete(path("/file")),
                new Change.Delete(path("/missing")),
                new Change.Delete(path("/no/such/dir")),
                new Change.DeleteTree(path("/missing")),
                new Change.Scrub(path("/missing")),
                new Change.Truncate(path("/missing"), 0));
        for (String gone : List.of("/link", "/empty", "/file")) {
            assertEquals(Optional.empty(), after.stat(path(gone)));
        }
        assertEquals("kept", text(after, "/target"));
    }

    @Test
    public void refusesToDeleteADirectoryThatHoldsSomething() throws Exception {
        Guest guest = open(t -> t.file("/d/file", "x"));
        assertThrows(ImageException.class, () -> guest.apply(List.of(new Change.Delete(path("/d")))));
        assertThrows(ImageException.class, () -> guest.apply(List.of(new Change.DeleteTree(GuestPath.ROOT))));
        assertTrue(guest.stat(path("/d/file")).isPresent());
    }

    @Test
    public void deletesATreeOfAThousandFiles_andNothingBeside() throws Exception {
        Guest guest = open(t -> {
            for (int i = 0; i < 1000; i++) {
                t.file("/big/" + i % 10 + "/a-rather-long-name-" + i, "content " + i);
            }
            t.symlink("/big/way-out", "/beside").file("/beside/kept", "x").file("/bigger", "x");
        });
        assertEquals(1011, guest.walk(path("/big")).size());
        Guest after = applied(guest, new Change.DeleteTree(path("/big")));
        assertEquals(Optional.empty(), after.stat(path("/big")));
        assertEquals("x", text(after, "/beside/kept"));
        assertEquals("x", text(after, "/bigger"));
    }

    @Test
    public void deletesAThousandNamesOfOneDirectory() throws Exception {
        Guest guest = open(t -> {
            for (int i = 0; i < 1000; i++) {
                t.file("/cache/entry-with-a-name-" + i, "");
            }
        });
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 1000; i += 2) {
            changes.add(new Change.Delete(path("/cache/entry-with-a-name-" + i)));
        }
        Guest after = applied(guest, changes.toArray(Change[]::new));
        assertEquals(500, after.list(path("/cache")).size());
        assertTrue(after.stat(path("/cache/entry-with-a-name-1")).isPresent());
        assertFalse(after.stat(path("/cache/entry-with-a-name-998")).isPresent());
    }

    @Test
    public void findsNothingBehindALink_whoseDirectoryIsDeleted() throws Exception {
        Guest guest = open(t -> t.file("/real/file", "x").symlink("/alias", "/real"));
        Guest after = applied(guest, new Change.DeleteTree(path("/alias/file")), new Change.Delete(path("/real")));
        assertEquals(Optional.empty(), after.stat(path("/alias/file")));
        assertEquals(Optional.empty(), after.resolve(path("/alias")));
        assertEquals(List.of(), after.list(path("/alias")));
        assertTrue(stat(after, "/alias").isSymlink());
    }

    @Test
    public void deletesThroughALinkInTheParent_butNotTheLinkedFile() throws Exception {
        Guest guest = open(t -> t.file("/real/file", "x")
                .file("/kept", "k")
                .symlink("/real/l", "/kept")
                .symlink("/alias", "real"));
        Guest after = applied(guest, new Change.Delete(path("/alias/file")), new Change.Delete(path("/alias/l")));
        assertEquals(List.of(), after.list(path("/real")));
        assertEquals("k", text(after, "/kept"));
    }

    @Test
    public void scrubZeroesTheContent_alsoUnderItsOtherName() throws Exception {
        Guest guest = open(t -> t.file("/secret", "key material")
                .hardLink("/other", "/secret")
                .file("/kept", "k")
                .symlink("/link", "kept"));
        Guest after = applied(guest, new Change.Scrub(path("/secret")), new Change.Scrub(path("/link")));
        assertEquals(Optional.empty(), after.stat(path("/secret")));
        assertEquals("\0".repeat(12), text(after, "/other"));
        assertEquals(1, stat(after, "/other").links());
        assertEquals(Optional.empty(), after.stat(path("/link")));
        assertEquals("k", text(after, "/kept"));
    }

    // writing

    @Test
    public void writeKeepsOwnerModeTimesAttributesAndHardLinks() throws Exception {
        Guest guest = open(t -> t.file("/etc/shadow", "old")
                .mode(0640)
                .owner(7, 42)
                .modified(1234567890)
                .xattr("security.selinux", Bytes.of("system_u:object_r:shadow_t:s0\0"))
                .hardLink("/etc/other", "/etc/shadow"));
        FileStat before = stat(guest, "/etc/shadow");
        Guest after = applied(guest, Change.Write.of(path("/etc/shadow"), Bytes.of("new content")));
        FileStat now = stat(after, "/etc/shadow");
        assertEquals("new content", text(after, "/etc/other"));
        assertEquals(new FileStat(before.type(), 0640, 7, 42, 11, 1234567890, before.inode(), 2), now);
        assertEquals(
                Map.of("security.selinux", Bytes.of("system_u:object_r:shadow_t:s0\0")),
                after.xattrs(path("/etc/shadow")));
    }

    @Test
    public void uploadIsAWriteOfAFileOfThisMachine() throws Exception {
        java.nio.file.Path file = java.nio.file.Files.createTempFile("upload", "");
        try {
            byte[] content = new byte[(5 << 20) + 7];
            new Random(7).nextBytes(content);
            java.nio.file.Files.write(file, content);
            Guest guest = open(tree ->
                    tree.file("/old", "a longer text").mode(0600).owner(5, 6).symlink("/link", "/old"));
            guest = applied(
                    guest,
                    new Change.Upload(path("/link"), file, content.length, 0755, 0, 0),
                    new Change.Upload(path("/new"), file, content.length, 0755, 1, 2));
            assertEquals(Bytes.of(content).text(), text(guest, "/old"));
            assertEquals(Bytes.of(content).text(), text(guest, "/new"));
            for (String name : List.of("/link", "/new")) {
                byte[] end = new byte[7];
                FileContent opened = guest.open(path(name)).orElseThrow();
                assertEquals(content.length, opened.size());
                assertEquals(7, opened.read(5 << 20, end));
                assertEquals(-1, Arrays.mismatch(end, Arrays.copyOfRange(content, 5 << 20, content.length)));
            }
            assertEquals(0600, stat(guest, "/old").permissions());
            assertEquals(5, stat(guest, "/old").owner());
            assertEquals(0755, stat(guest, "/new").permissions());
            assertEquals(2, stat(guest, "/new").group());
        } finally {
            java.nio.file.Files.delete(file);
        }
    }

    @Test
    public void writeFollowsALink_insideTheRootOnly() throws Exception {
        Guest guest = open(t -> t.file("/run/conf", "old").symlink("/etc/conf", "../../../run/conf"));
        Guest after = applied(guest, Change.Write.of(path("/etc/conf"), Bytes.of("new")));
        assertEquals("new", text(after, "/run/conf"));
        assertTrue(stat(after, "/etc/conf").isSymlink());
    }

    @Test
    public void keepsContentsApart_whenItLooksAtTheGuestBetween() throws Exception {
        Guest guest = open(t -> t.file("/a", "before").file("/opt/1/2/3/4/5/deep", "x"));
        Guest after = applied(
                guest,
                Change.Write.of(path("/a"), Bytes.of("content of a")),
                new Change.SetXattr(path("/opt/1/2/3/4/5/deep"), "user.x", Bytes.of("1")),
                Change.Write.of(path("/b"), Bytes.of("another, of b")));
        assertEquals("content of a", text(after, "/a"));
        assertEquals("another, of b", text(after, "/b"));
    }

    @Test
    public void writesWhatANameStandsForNow_andLeavesItsModeAsItIsNow() throws Exception {
        Guest guest = open(t -> t.file("/program", "#!")
                .mode(04755)
                .file("/a", "of a and z")
                .hardLink("/z", "/a")
                .file("/other", "other"));
        Guest after = applied(
                guest,
                new Change.SetPermissions(path("/program"), 0700),
                Change.Write.of(path("/program"), Bytes.of("#!/bin/sh")),
                new Change.HardLink(path("/new"), path("/other")),
                Change.Write.of(path("/new"), Bytes.of("through the new name")),
                Change.Write.of(path("/a"), Bytes.of("for z")),
                new Change.Delete(path("/a")),
                new Change.HardLink(path("/a"), path("/other")),
                Change.Write.of(path("/a"), Bytes.of("for other")));
        assertEquals(0700, stat(after, "/program").permissions());
        assertEquals("#!/bin/sh", text(after, "/program"));
        assertEquals("for other", text(after, "/new"));
        assertEquals("for z", text(after, "/z"));
    }

    @Test
    public void givesDirectoriesTheModeThatIsAsked_setgidOrNot() throws Exception {
        Guest guest = open(t -> t.dir("/shared").mode(02775).dir("/set").mode(02755));
        Guest after = applied(
                guest,
                new Change.MakeDirectory(path("/shared/plain"), 0755, 0, 0),
                new Change.MakeDirectory(path("/shared/set"), 02755, 0, 0),
                new Change.SetPermissions(path("/set"), 0755));
        assertEquals(0755, stat(after, "/shared/plain").permissions());
        assertEquals(02755, stat(after, "/shared/set").permissions());
        assertEquals(0755, stat(after, "/set").permissions());
    }

    @Test
    public void writesAFileSeveralTimes_whateverHappensToItsNamesBetween() throws Exception {
        Guest guest = open(t -> t.file("/a", "before").mode(0640).file("/gone", "secret"));
        Guest after = applied(
                guest,
                Change.Write.of(path("/a"), Bytes.of("first")),
                new Change.Truncate(path("/a"), 2),
                new Change.HardLink(path("/b"), path("/a")),
                Change.Write.of(path("/a"), Bytes.of("second")),
                new Change.Scrub(path("/gone")),
                Change.Write.of(path("/a"), Bytes.of("third")),
                new Change.Delete(path("/a")),
                new Change.Write(path("/a"), Bytes.of("new"), 0600, 7, 8),
                new Change.SetPermissions(path("/a"), 0604),
                Change.Write.of(path("/a"), Bytes.of("newer")),
                new Change.MakeDirectory(path("/gone"), 0711, 9, 9),
                new Change.HardLink(path("/gone/c"), path("/a")),
                new Change.SetPermissions(path("/gone/c"), 04755));
        assertEquals("third", text(after, "/b"));
        assertEquals(0640, stat(after, "/b").permissions());
        assertEquals("newer", text(after, "/a"));
        assertEquals(04755, stat(after, "/a").permissions());
        assertEquals(7, stat(after, "/a").owner());
        assertEquals(0711, stat(after, "/gone").permissions());
    }

    @Test
    public void writeMakesAMissingFile_asGiven() throws Exception {
        Guest guest = open(t -> t.dir("/etc"));
        Guest after = applied(guest, new Change.Write(path("/etc/new"), Bytes.of("text"), 0600, 5, 6));
        FileStat stat = stat(after, "/etc/new");
        assertEquals("text", text(after, "/etc/new"));
        assertEquals(List.of(0600, 5, 6, 1), List.of(stat.permissions(), stat.owner(), stat.group(), stat.links()));
        assertEquals(Map.of(), after.xattrs(path("/etc/new")));
    }

    @Test
    public void refusesToWrite_whereNoFileCanBe() throws Exception {
        Guest guest = open(t -> t.dir("/d").file("/file", "x").symlink("/dangling", "/no/where"));
        for (String bad : List.of("/d", "/missing/file", "/file/below", "/dangling")) {
            assertThrows(
                    bad, ImageException.class, () -> guest.apply(List.of(Change.Write.of(path(bad), Bytes.of("y")))));
        }
        assertEquals("x", text(guest, "/file"));
    }

    @Test
    public void writesAndReadsAFileOfManyBlocks_inPlaceOfAFragmentedOne() throws Exception {
        byte[] content = new byte[(9 << 20) + 123];
        new Random(7).nextBytes(content);
        Guest guest = open(t -> {
            for (int i = 0; i < 300; i++) {
                t.file("/frag/" + i, "x".repeat(4096 * 8));
            }
        });
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 300; i += 2) {
            changes.add(new Change.Delete(path("/frag/" + i)));
        }
        changes.add(Change.Write.of(path("/big"), Bytes.of(content)));
        Guest after = applied(guest, changes.toArray(Change[]::new));
        assertEquals(content.length, stat(after, "/big").size());
        assertTrue(Arrays.equals(
                content,
                after.read(List.of(path("/big")), 1 << 24).get(path("/big")).toArray()));
        Guest shorter = applied(after, Change.Write.of(path("/big"), Bytes.of("short")));
        assertEquals("short", text(shorter, "/big"));
        assertEquals("x".repeat(4096 * 8), text(shorter, "/frag/299"));
    }

    @Test
    public void truncates_shorterAndLonger() throws Exception {
        Guest guest = open(t -> t.file("/log", "0123456789")
                .mode(0640)
                .owner(0, 4)
                .file("/long", "ab")
                .symlink("/link", "log"));
        Guest after = applied(
                guest,
                new Change.Truncate(path("/log"), 4),
                new Change.Truncate(path("/long"), 5000),
                new Change.Truncate(path("/link"), 0));
        assertEquals("0123", text(after, "/log"));
        assertEquals(0640, stat(after, "/log").permissions());
        assertEquals(TreeBuilder.MODIFIED, stat(after, "/log").modified());
        assertEquals("ab" + "\0".repeat(4998), text(after, "/long"));
        Guest longer = applied(after, new Change.Truncate(path("/log"), 8), new Change.Truncate(path("/long"), 0));
        assertEquals("bytes cut off do not come back", "0123\0\0\0\0", text(longer, "/log"));
        assertEquals(0, stat(longer, "/long").size());
    }

    @Test
    public void opensAFile_andReadsItWhereWanted() throws Exception {
        byte[] content = new byte[(3 << 20) + 777];
        new Random(11).nextBytes(content);
        Guest guest = open(t -> t.file(path("/var/big"), Bytes.of(content))
                .symlink("/link", "var/big")
                .file("/empty", "")
                .file("/cut", "0123456789".repeat(1000)));
        FileContent big = guest.open(path("/link")).orElseThrow();
        assertEquals(content.length, big.size());
        byte[] piece = new byte[10_000];
        for (int offset : new int[] {0, 4095, 1_048_570, 2_000_001, content.length - 10_000}) {
            assertEquals(10_000, big.read(offset, piece));
            assertTrue("at " + offset, Arrays.equals(Arrays.copyOfRange(content, offset, offset + 10_000), piece));
        }
        Arrays.fill(piece, (byte) 1);
        assertEquals("the end comes first", 7, big.read(content.length - 7, piece));
        assertEquals(content[content.length - 1], piece[6]);
        assertEquals("what is not read stays", 1, piece[7]);
        byte[] whole = new byte[content.length + 1];
        assertEquals(content.length, big.read(0, whole));
        assertTrue(Arrays.equals(content, Arrays.copyOf(whole, content.length)));
        for (long behind : new long[] {content.length, 1L << 40, Long.MAX_VALUE}) {
            assertEquals(0, big.read(behind, piece));
        }
        assertEquals(0, guest.open(path("/empty")).orElseThrow().read(0, piece));
        assertEquals(Optional.empty(), guest.open(path("/var")));
        assertEquals(Optional.empty(), guest.open(path("/nothing")));
        Guest after = applied(guest, new Change.Truncate(path("/cut"), 4), new Change.Truncate(path("/cut"), 1 << 20));
        FileContent cut = after.open(path("/cut")).orElseThrow();
        assertEquals(1 << 20, cut.size());
        assertEquals(10_000, cut.read(2, piece));
        assertEquals("23" + "\0".repeat(9998), Bytes.of(piece).text());
    }

    // making

    @Test
    public void makesDirectories_andLeavesExistingOnes() throws Exception {
        Guest guest = open(t -> t.dir("/there")
                .mode(0700)
                .owner(3, 4)
                .symlink("/alias", "there")
                .file("/file", ""));
        Guest after = applied(
                guest,
                new Change.MakeDirectory(path("/there"), 0755, 0, 0),
                new Change.MakeDirectory(path("/alias"), 0755, 0, 0),
                new Change.MakeDirectory(path("/new"), 01777, 8, 9),
                new Change.MakeDirectory(path("/new/deep"), 0750, 0, 0),
                Change.Write.of(path("/new/deep/file"), Bytes.of("x")));
        assertEquals(0700, stat(after, "/there").permissions());
        assertEquals(3, stat(after, "/there").owner());
        assertTrue(stat(after, "/alias").isSymlink());
        assertEquals(01777, stat(after, "/new").permissions());
        assertEquals(9, stat(after, "/new").group());
        assertEquals(List.of("/new/deep", "/new/deep/file"), names(after.walk(path("/new"))));
        assertThrows(
                ImageException.class, () -> after.apply(List.of(new Change.MakeDirectory(path("/file"), 0755, 0, 0))));
        assertThrows(
                ImageException.class,
                () -> after.apply(List.of(new Change.MakeDirectory(path("/no/parent"), 0755, 0, 0))));
    }

    @Test
    public void makesSymbolicLinks_inPlaceOfFilesButNotOfDirectories() throws Exception {
        Guest guest = open(t -> t.file("/file", "x").symlink("/old", "gone").dir("/d"));
        String target = "t".repeat(200);
        Guest after = applied(
                guest,
                new Change.SymbolicLink(path("/file"), "elsewhere"),
                new Change.SymbolicLink(path("/old"), target),
                new Change.SymbolicLink(path("/new"), "/d"));
        assertEquals(Optional.of(Bytes.of("elsewhere")), after.readLink(path("/file")));
        assertEquals(Optional.of(Bytes.of(target)), after.readLink(path("/old")));
        assertEquals(Optional.of(path("/d")), after.resolve(path("/new")));
        assertThrows(ImageException.class, () -> after.apply(List.of(new Change.SymbolicLink(path("/d"), "x"))));
    }

    @Test
    public void makesHardLinks_toFilesOnly() throws Exception {
        Guest guest = open(t -> t.file("/a", "x").dir("/d"));
        Guest after = applied(guest, new Change.HardLink(path("/d/b"), path("/a")));
        assertEquals(stat(after, "/a"), stat(after, "/d/b"));
        assertEquals(2, stat(after, "/a").links());
        Guest later = applied(after, new Change.Delete(path("/a")));
        assertEquals("x", text(later, "/d/b"));
        assertEquals(1, stat(later, "/d/b").links());
        assertThrows(ImageException.class, () -> later.apply(List.of(new Change.HardLink(path("/l"), path("/d")))));
        assertThrows(
                ImageException.class, () -> later.apply(List.of(new Change.HardLink(path("/l"), path("/missing")))));
        assertThrows(ImageException.class, () -> later.apply(List.of(new Change.HardLink(path("/d"), path("/d/b")))));
    }

    // attributes

    @Test
    public void changesModeAndOwner_ofTheLinkAndNotItsTarget() throws Exception {
        Guest guest = open(
                t -> t.file("/file", "x").mode(0600).symlink("/link", "file").dir("/d"));
        Guest after = applied(
                guest,
                new Change.SetOwner(path("/link"), 5, 6),
                new Change.SetPermissions(path("/d"), 02775),
                new Change.SetOwner(path("/d"), 100000, 200000));
        assertEquals(0, stat(after, "/file").owner());
        assertEquals(5, stat(after, "/link").owner());
        assertEquals(02775, stat(after, "/d").permissions());
        assertTrue(stat(after, "/d").isDirectory());
        assertEquals(100000, stat(after, "/d").owner());
        assertEquals(200000, stat(after, "/d").group());
        assertThrows(ImageException.class, () -> after.apply(List.of(new Change.SetPermissions(path("/missing"), 0))));
    }

    @Test
    public void setsReplacesAndRemovesExtendedAttributes() throws Exception {
        Guest guest = open(t -> t.file("/f", "x")
                .xattr("user.old", Bytes.of("1"))
                .xattr("user.gone", Bytes.of("2"))
                .dir("/d"));
        Guest after = applied(
                guest,
                new Change.SetXattr(path("/f"), "user.old", Bytes.of("replaced")),
                new Change.SetXattr(path("/f"), "security.capability", CAPABILITY),
                new Change.RemoveXattr(path("/f"), "user.gone"),
                new Change.RemoveXattr(path("/f"), "user.never"),
                new Change.SetXattr(path("/d"), "security.selinux", Bytes.of("label\0")));
        assertEquals(
                Map.of("user.old", Bytes.of("replaced"), "security.capability", CAPABILITY), after.xattrs(path("/f")));
        assertEquals(Map.of("security.selinux", Bytes.of("label\0")), after.xattrs(path("/d")));
        assertEquals("x", text(after, "/f"));
    }

    @Test
    public void appliesInTheOrderGiven() throws Exception {
        Guest guest = open(t -> t.file("/d/a", "1").file("/d/b", "2"));
        Guest after = applied(
                guest,
                new Change.DeleteTree(path("/d")),
                new Change.MakeDirectory(path("/d"), 0700, 0, 0),
                Change.Write.of(path("/d/a"), Bytes.of("new")),
                new Change.Delete(path("/d/a")),
                Change.Write.of(path("/d/a"), Bytes.of("newer")),
                new Change.SymbolicLink(path("/d/b"), "a"));
        assertEquals("newer", text(after, "/d/b"));
        assertEquals(List.of("/d/a", "/d/b"), names(after.list(path("/d"))));
    }
}
