package io.imagewright.customise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class FileActionsTest extends CustomiseTestBase {

    @Test
    public void write_makesAFileAndTheDirectoriesAboveIt() throws IOException {
        apply("write: { path: /srv/a/motd, content: \"Grüße\\n\" }");
        assertEquals("Gr\u00c3\u00bc\u00c3\u009fe\n", guest.text("/srv/a/motd"));
        assertEquals("644 0:0", mode("/srv/a/motd"));
        assertEquals("755 0:0", mode("/srv/a"));
    }

    @Test
    public void write_keepsModeAndOwnerOfAnExistingFile_unlessGiven() throws IOException {
        guest.file("/etc/motd", "old").owner("/etc/motd", 7);
        apply("chmod: { path: /etc/motd, mode: 0600 }", "write: { path: /etc/motd, content: new }");
        assertEquals("new", guest.text("/etc/motd"));
        assertEquals("600 7:7", mode("/etc/motd"));
        apply("write: { path: /etc/motd, content: newer, mode: 0640, owner: www-data }");
        assertEquals("640 33:33", mode("/etc/motd"));
        apply("write: { path: /etc/fresh, content: x, mode: 4755, owner: 'ann:www-data' }");
        assertEquals("4755 1000:33", mode("/etc/fresh"));
    }

    @Test
    public void write_followsALinkInsideTheRootOnly() throws IOException {
        guest.link("/etc/motd", "../../../../../srv/motd").file("/srv/motd", "old");
        apply("write: { path: /etc/motd, content: new }");
        assertEquals("new", guest.text("/srv/motd"));
        assertEquals("../../../../../srv/motd", target("/etc/motd"));
    }

    @Test
    public void write_throughADirectoryThatIsALinkOut_staysInTheGuest() throws IOException {
        Path outside = Files.createDirectories(folder.getRoot().toPath().resolve("outside"));
        guest.link("/srv/out", outside.toString());
        assertRefused("link to nothing", "write: { path: /srv/out/file, content: x }");
        guest.apply(List.of(new Change.Delete(GuestPath.of("/srv/out"))));
        guest.apply(List.of(new Change.SymbolicLink(GuestPath.of("/srv/out"), "../../../../etc")));
        apply("write: { path: /srv/out/file, content: x }");
        assertEquals("x", guest.text("/etc/file"));
        assertEquals(List.of(), list(outside));
    }

    @Test
    public void write_refusesADirectoryADanglingLinkAndAnUnknownOwner() throws IOException {
        guest.link("/etc/resolv.conf", "../run/resolv.conf");
        assertRefused("it is no regular file", "write: { path: /etc, content: x }");
        assertRefused("link to nothing", "write: { path: /etc/resolv.conf, content: x }");
        assertRefused("no user 'an'. Did you mean ann?", "write: { path: /a, content: x, owner: an }");
        assertRefused("no group 'user'. Did you mean users?", "write: { path: /a, content: x, owner: 'ann:user' }");
        assertTrue(refused("delete: /a", "write: { path: /etc, content: x }").startsWith("customise[1].write: "));
    }

    @Test
    public void upload_takesContentAndMode_withoutTheUmask() throws IOException {
        byte[] bytes = new byte[5 << 20];
        new Random(1).nextBytes(bytes);
        Path file = base.resolve("big");
        Files.write(file, bytes);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxr-x"));
        guest.file("/usr/bin/tool", "old");
        List<Change> changes = apply(
                "upload: { source: big, path: /usr/bin/tool }", "upload: { source: big, path: /opt/t, mode: 0600 }");
        assertEquals(Bytes.of(bytes).text(), guest.text("/usr/bin/tool"));
        assertEquals(Bytes.of(bytes).text(), guest.text("/opt/t"));
        assertEquals("755 0:0", mode("/usr/bin/tool"));
        assertEquals("600 0:0", mode("/opt/t"));
        assertTrue(changes.toString(), changes.get(0).describe().equals("write 5242880 bytes of big"));
    }

    @Test
    public void upload_showsToTheActionsBehindIt() throws IOException {
        host("conf", "a=1\n");
        apply("upload: { source: conf, path: /etc/conf }", "edit: { path: /etc/conf, match: 'a=\\d', replace: 'a=2' }");
        assertEquals("a=2\n", guest.text("/etc/conf"));
    }

    @Test
    public void upload_refusesWhatIsNoFile_orIsMissing() throws Exception {
        Files.createDirectories(base.resolve("dir"));
        assertRefused(
                "customise[0].upload: Cannot read missing: there is no such file",
                "upload: { source: missing, path: /a }");
        assertRefused("it is a directory", "upload: { source: dir, path: /a }");
        assertRefused("it is no regular file", "upload: { source: /dev/zero, path: /a }");
    }

    @Test
    public void upload_failsWhenTheFileChangesMeanwhile() throws IOException {
        host("conf", "four");
        List<Change> changes = plan("upload: { source: conf, path: /etc/conf }").changes();
        for (String text : List.of("fiver", "3")) {
            host("conf", text);
            assertTrue(
                    org.junit.Assert.assertThrows(io.imagewright.error.ImageException.class, () -> guest.apply(changes))
                            .getMessage()
                            .contains("changed while"));
        }
    }

    @Test
    public void copyIn_bringsADirectoryUnderItsName_orItsContent() throws IOException {
        tree();
        apply("copyIn: { source: files/www, into: /srv }");
        assertEquals(List.of("www", "www/index.html", "www/link", "www/sub", "www/sub/run"), guest.below("/srv"));
        assertEquals("/etc/passwd", target("/srv/www/link"));
        assertEquals("700 0:0", mode("/srv/www/sub/run"));
        assertEquals("644 0:0", mode("/srv/www/index.html"));
        apply("copyIn: { source: files/www/, into: /var/www, owner: www-data }");
        assertEquals(List.of("index.html", "link", "sub", "sub/run"), guest.below("/var/www"));
        assertEquals("700 33:33", mode("/var/www/sub/run"));
        assertEquals("777 33:33", mode("/var/www/link"));
    }

    @Test
    public void copyIn_fillsDirectoriesAndFollowsThoseThatAreLinks() throws IOException {
        host("root/bin/tool", "tool");
        host("root/etc/motd", "new");
        guest.link("/bin", "usr/bin")
                .file("/usr/bin/sh", "sh")
                .file("/etc/motd", "old")
                .owner("/etc/motd", 5);
        apply("copyIn: { source: root/., into: / }");
        assertEquals("tool", guest.text("/usr/bin/tool"));
        assertEquals("sh", guest.text("/usr/bin/sh"));
        assertEquals("new", guest.text("/etc/motd"));
        assertEquals("usr/bin", target("/bin"));
        assertEquals("644 5:5", mode("/etc/motd"));
    }

    @Test
    public void copyIn_takesAFile_andRefusesAPipeAndAFileInPlaceOfADirectory() throws Exception {
        host("files/a", "a");
        guest.file("/srv/www", "a file");
        apply("copyIn: { source: files/a, into: /opt }");
        assertEquals("a", guest.text("/opt/a"));
        tree();
        assertRefused("/srv/www of the guest is no directory", "copyIn: { source: files/www, into: /srv }");
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", base.resolve("files/pipe").toString())
                        .start()
                        .waitFor());
        assertRefused("files/pipe: it is no regular file", "copyIn: { source: files, into: /tmp }");
        assertRefused("there is no such file", "copyIn: { source: missing, into: /tmp }");
    }

    @Test
    public void delete_removesTrees_andReportsWhatIsMissing() throws IOException {
        guest.file("/opt/a/b/c", "x").link("/opt/link", "/etc");
        apply("delete: /opt/a", "delete: /opt/link", "delete: /opt/*");
        assertEquals(List.of(), guest.below("/opt"));
        assertTrue(guest.has("/etc/passwd"));
        assertWarned("customise[2].delete: There is no /opt/* to delete");
        assertRefused("it is the root", "delete: /");
    }

    @Test
    public void mkdir_makesThoseAbove_andGivesOneThatIsThereWhatIsAskedFor() throws IOException {
        apply("mkdir: /srv/a/b", "mkdir: { path: /srv/a, mode: 1777, owner: ann }", "mkdir: /srv/a");
        assertEquals("755 0:0", mode("/srv/a/b"));
        assertEquals("1777 1000:100", mode("/srv/a"));
        assertRefused("is a file", "mkdir: /etc/passwd");
    }

    @Test
    public void link_replacesAFileNotADirectory() throws IOException {
        guest.file("/etc/resolv.conf", "x");
        apply("link: { path: /etc/resolv.conf, target: ../run/resolv.conf }");
        assertEquals("../run/resolv.conf", target("/etc/resolv.conf"));
        assertEquals(List.of(), apply("link: { path: /etc/resolv.conf, target: ../run/resolv.conf }"));
        assertRefused("is a directory", "link: { path: /root, target: /home }");
    }

    @Test
    public void chmodAndChown_followLinks() throws IOException {
        guest.file("/srv/a", "x").link("/srv/link", "a");
        apply("chmod: { path: /srv/link, mode: 0400 }", "chown: { path: /srv/link, owner: ':www-data' }");
        assertEquals("400 0:33", mode("/srv/a"));
        apply("chown: { path: /srv/a, owner: ann }");
        assertEquals("400 1000:100", mode("/srv/a"));
        apply("chown: { path: /srv/a, owner: '4242:33' }");
        assertEquals("400 4242:33", mode("/srv/a"));
        assertRefused("/srv/b is not in the guest", "chmod: { path: /srv/b, mode: 0400 }");
        assertRefused("no user 'nobody'", "chown: { path: /srv/a, owner: nobody }");
    }

    @Test
    public void appendLine_endsTheLastLineFirst_andMakesAFile() throws IOException {
        guest.file("/etc/a", "one");
        apply("appendLine: { path: /etc/a, line: two }", "appendLine: { path: /etc/a, line: three }");
        apply("appendLine: { path: /etc/b, line: first }");
        assertEquals("one\ntwo\nthree\n", guest.text("/etc/a"));
        assertEquals("first\n", guest.text("/etc/b"));
    }

    private void tree() throws IOException {
        host("files/www/index.html", "hello");
        Path run = host("files/www/sub/run", "#!/bin/sh\n");
        Files.setPosixFilePermissions(
                base.resolve("files/www/index.html"), PosixFilePermissions.fromString("rw-rw-r--"));
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
        Files.createSymbolicLink(base.resolve("files/www/link"), Path.of("/etc/passwd"));
    }

    private static List<String> list(Path directory) throws IOException {
        try (java.util.stream.Stream<Path> files = Files.list(directory)) {
            return files.map(Path::toString).toList();
        }
    }

    @Test
    public void digest_knowsNamesModesAndContents() throws Exception {
        tree();
        String item = "copyIn: { source: files/www, into: /srv }";
        String before = digest(item);
        assertEquals(before, digest(item));
        Files.setPosixFilePermissions(
                base.resolve("files/www/index.html"), PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals("the umask does not count", before, digest(item));
        host("files/www/index.html", "Hello");
        String content = digest(item);
        assertFalse(before.equals(content));
        Files.setPosixFilePermissions(
                base.resolve("files/www/index.html"), PosixFilePermissions.fromString("rw-------"));
        assertFalse(content.equals(digest(item)));
        host("ops.pub", KEY);
        String key = digest("sshInject: { user: root, key: 'file:ops.pub' }");
        host("ops.pub", KEY + "x");
        assertFalse(key.equals(digest("sshInject: { user: root, key: 'file:ops.pub' }")));
    }

    private String digest(String item) throws Exception {
        java.security.MessageDigest digest = java.security.MessageDigest.getInstance("SHA-256");
        read(item).digest(digest);
        return java.util.HexFormat.of().formatHex(digest.digest());
    }
}
