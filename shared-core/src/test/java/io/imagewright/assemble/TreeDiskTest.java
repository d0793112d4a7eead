package io.imagewright.assemble;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.GuestDisk;
import io.imagewright.error.ImageException;
import io.imagewright.exec.ProcessExec;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.Steps;
import io.imagewright.source.Opening;
import io.imagewright.source.SourceMedium;
import io.imagewright.source.tree.FileTree;
import io.imagewright.source.tree.TreeSource;
import io.imagewright.spec.NewDisk;
import io.imagewright.spec.NewDisk.Boot;
import io.imagewright.spec.NewDisk.FileSystem;
import io.imagewright.spec.NewDisk.Table;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** Disks of small trees, as sfdisk, e2fsck, debugfs and mtools read them. */
public class TreeDiskTest {

    private static final Path GRUB = Path.of("/usr/lib/grub");
    private static final long FREE = 4 << 20;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** Files of a tree. */
    private interface Filling {
        void fill(TarArchiveOutputStream tar) throws IOException;
    }

    private static TarArchiveEntry entry(String name, byte type) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setMode(type == TarConstants.LF_DIR ? 0755 : 0644);
        entry.setIds(0, 0);
        entry.setModTime(1_700_000_000_000L);
        return entry;
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content) throws IOException {
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void file(TarArchiveOutputStream tar, String name, String content) throws IOException {
        put(tar, entry(name, TarConstants.LF_NORMAL), content.getBytes(StandardCharsets.UTF_8));
    }

    private static void link(TarArchiveOutputStream tar, String name, byte type, String target) throws IOException {
        TarArchiveEntry entry = entry(name, type);
        entry.setLinkName(target);
        put(tar, entry, new byte[0]);
    }

    private static void kernel(TarArchiveOutputStream tar) throws IOException {
        file(tar, "boot/vmlinuz-6.1.0-9-amd64", "old");
        file(tar, "boot/vmlinuz-6.1.0-10-amd64", "new");
        file(tar, "boot/initrd.img-6.1.0-10-amd64", "initrd");
        file(tar, "etc/os-release", "ID=debian\nPRETTY_NAME=\"Debian ${x} (12)\"\n");
        file(tar, "etc/default/grub", "GRUB_CMDLINE_LINUX=\"console=ttyS0 root=/dev/sda1 quiet\"\n");
    }

    private static void grub(TarArchiveOutputStream tar, String target) throws IOException {
        try (var files = Files.newDirectoryStream(GRUB.resolve(target), "*.{mod,lst,img}")) {
            for (Path file : files) {
                put(
                        tar,
                        entry("usr/lib/grub/" + target + "/" + file.getFileName(), TarConstants.LF_NORMAL),
                        Files.readAllBytes(file));
            }
        }
    }

    private Path tar(Filling filling) throws IOException {
        Path file = folder.newFile().toPath();
        try (OutputStream bytes = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            filling.fill(tar);
        }
        return file;
    }

    private Path disk(Path source, NewDisk wanted) throws IOException {
        Path work = folder.newFolder().toPath();
        Path disk = work.resolve("disk.raw");
        try (FileTree tree = TreeSource.open(source, work, new ProcessExec(), done -> {})) {
            TreeDisk.write(tree, wanted, disk, work, new ProcessExec());
        }
        return disk;
    }

    private static NewDisk wanted(Table table, @Nullable List<Boot> boot, String type) {
        return new NewDisk(table, boot, null, FREE, new FileSystem(type, "root"));
    }

    /** Bytes before the last partition, by sfdisk. */
    private static long rootOffset(Path disk) {
        Matcher starts = Pattern.compile("start= *(\\d+)").matcher(GuestDisk.run("sfdisk", "--dump", disk.toString()));
        long last = 0;
        while (starts.find()) {
            last = Long.parseLong(starts.group(1));
        }
        return last * 512;
    }

    private static String debugfs(Path disk, String command) {
        return GuestDisk.run("debugfs", "-R", command, disk + "?offset=" + rootOffset(disk));
    }

    private static void assertSound(Path disk) {
        GuestDisk.run("sfdisk", "--verify", disk.toString());
        GuestDisk.run("e2fsck", "-fn", disk + "?offset=" + rootOffset(disk));
    }

    @Test
    public void eachTableBootsByWhatTheTreeHolds() throws IOException {
        Path tree = tar(out -> {
            kernel(out);
            grub(out, "i386-pc");
            grub(out, "x86_64-efi");
        });
        for (Table table : Table.values()) {
            Path disk = disk(tree, wanted(table, null, "ext4"));
            assertSound(disk);
            String listed = GuestDisk.run("sfdisk", "--dump", disk.toString());
            assertTrue(listed, listed.contains(table == Table.GPT ? "label: gpt" : "label: dos"));
            assertTrue(
                    listed, listed.contains(table == Table.GPT ? "C12A7328-F81F-11D2-BA4B-00A0C93EC93B" : "type=ef"));
            String esp = table == Table.GPT ? "2M" : "1M";
            assertTrue(
                    GuestDisk.run("mdir", "-i", disk + "@@" + esp, "::EFI/BOOT").contains("BOOTX64"));
            String menu = debugfs(disk, "cat /boot/grub/grub.cfg");
            assertTrue(menu, menu.indexOf("6.1.0-10") < menu.indexOf("6.1.0-9"));
            assertTrue(menu, menu.contains("'Debian x (12), Linux 6.1.0-10-amd64'"));
            assertTrue(menu, menu.contains(" ro console=ttyS0 quiet\n"));
            assertTrue(menu, menu.contains("insmod all_video"));
            String uuid = menu.replaceAll("(?s).* root=UUID=(\\S+) .*", "$1");
            String search = debugfs(disk, "cat /boot/grub/i386-pc/load.cfg");
            assertTrue(search, search.contains(uuid));
            assertTrue(debugfs(disk, "stat /boot/grub/i386-pc/core.img").contains("Type: regular"));
        }
    }

    @Test
    public void eachTypeKeepsWhatFilesAre() throws IOException {
        Path tree = tar(out -> {
            TarArchiveEntry ping = entry("usr/bin/ping", TarConstants.LF_NORMAL);
            ping.setMode(04755);
            ping.setIds(70_000, 80_000);
            ping.addPaxHeader("SCHILY.xattr.user.note", "kept");
            put(out, ping, "x".repeat(6 << 20).getBytes(StandardCharsets.UTF_8));
            link(out, "usr/bin/other", TarConstants.LF_LINK, "usr/bin/ping");
            link(out, "long", TarConstants.LF_SYMLINK, "../" + "y".repeat(200));
            TarArchiveEntry device = entry("dev/large", TarConstants.LF_BLK);
            device.setDevMajor(259);
            device.setDevMinor(70_000);
            put(out, device, new byte[0]);
            put(out, entry("lost+found/", TarConstants.LF_DIR), new byte[0]);
            file(out, "lost+found/old", "1");
            for (int i = 0; i < 3000; i++) {
                file(out, "many/a-name-that-is-not-short-" + i, i % 7 == 0 ? "content" : "");
                link(out, "lost+found/link-" + i, TarConstants.LF_SYMLINK, "old");
            }
        });
        for (String type : List.of("ext4", "ext3", "ext2")) {
            NewDisk wanted = wanted(Table.GPT, List.of(), type);
            Path disk = disk(tree, wanted);
            assertEquals("the same tree gives the same bytes", -1, Files.mismatch(disk, disk(tree, wanted)));
            assertSound(disk);
            String ping = debugfs(disk, "stat /usr/bin/ping");
            assertTrue(ping, ping.contains("Mode:  04755"));
            assertTrue(ping, ping.matches("(?s).*User: 70000 +Group: 80000.*Links: 2 .*"));
            assertTrue(ping, ping.contains("mtime: 0x6553f100"));
            assertTrue(debugfs(disk, "ea_get /usr/bin/ping user.note").contains("kept"));
            assertTrue(debugfs(disk, "stat /dev/large").contains("Device major/minor number: 259:70000"));
            assertTrue(debugfs(disk, "stat /long").contains("Size: 203"));
            assertEquals("1", debugfs(disk, "cat /lost+found/old"));
        }
    }

    @Test
    public void fstabIsOfThisDisk() throws IOException {
        Path disk = disk(
                tar(out -> file(
                        out,
                        "etc/fstab",
                        "# own \u00e9\nUUID=1234 / ext4 defaults 0 1\nLABEL=old none swap sw 0 0\n/dev/cdrom /media iso9660 noauto 0 0\n"
                                + "tmpfs /tmp tmpfs size=1g 0 0\n")),
                wanted(Table.MBR, List.of(), "ext4"));
        String fstab = debugfs(disk, "cat /etc/fstab");
        assertTrue(
                fstab,
                fstab.matches(
                        "UUID=[0-9a-f-]{36} / ext4 errors=remount-ro 0 1\n# own .{1,4}\n"
                                + "# not on this disk: LABEL=old none swap sw 0 0\n/dev/cdrom /media iso9660 noauto 0 0\ntmpfs /tmp tmpfs size=1g 0 0\n"));
        assertEquals("", debugfs(disk, "cat /etc/machine-id"));
    }

    /** Bytes of other encodings are kept, and links to what the system makes when it boots. */
    @Test
    public void whatIsThereStays() throws IOException {
        byte[] latin = "# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        Path tar = tar(out -> {
            put(out, entry("etc/fstab", TarConstants.LF_NORMAL), latin);
            link(out, "tmp", TarConstants.LF_SYMLINK, "var/volatile/tmp");
        });
        Path work = folder.newFolder().toPath();
        try (FileTree tree = TreeSource.open(tar, work, new ProcessExec(), done -> {})) {
            TreeSystem system = new TreeSystem(tree);
            system.addMountPoints();
            system.addFstab(List.of("UUID=1 / ext4 defaults 0 1"));
            String fstab = new String(tree.read("etc/fstab", 1000).orElseThrow(), StandardCharsets.ISO_8859_1);
            assertEquals("UUID=1 / ext4 defaults 0 1\n# caf\u00e9\n", fstab);
            assertTrue("the link stays", tree.find("tmp").isEmpty());
            assertEquals(List.of(), system.warnings());
            tree.write("boot/grub/grub.cfg", 0600, new byte[0]);
            assertTrue(system.warnings().get(0).contains("grub2-common"));
            tree.write("usr/sbin/update-grub", 0755, new byte[0]);
            assertEquals(List.of(), system.warnings());
        }
    }

    private record Words(String words, String file, String content) {}

    @Test(timeout = 60_000)
    public void commandLineIsThatOfTheTree() throws IOException {
        String grub = "etc/default/grub";
        for (Words row : List.of(
                new Words("a b=1", grub, "GRUB_CMDLINE_LINUX=\"a b=1\"  # comment\n"),
                new Words("", grub, "#GRUB_CMDLINE_LINUX=a\n"),
                new Words("b", grub, "GRUB_CMDLINE_LINUX=a\nGRUB_CMDLINE_LINUX=b\n"),
                new Words("a quiet", grub, "GRUB_CMDLINE_LINUX_DEFAULT='quiet'\nGRUB_CMDLINE_LINUX=a"),
                new Words("a", grub, "GRUB_CMDLINE_LINUX=\"root=/dev/sda1 rootflags=subvol=@ rootfstype=btrfs a rw\""),
                new Words("", grub, "\n".repeat(1 << 19)),
                new Words("", grub, "GRUB_CMDLINE_LINUX=" + " ".repeat(1 << 19) + "\"\""),
                new Words("a b", "etc/kernel/cmdline", "BOOT_IMAGE=/vmlinuz a\n  b ro\n"))) {
            Path work = folder.newFolder().toPath();
            Path tar = tar(out -> file(out, row.file(), row.content()));
            try (FileTree tree = TreeSource.open(tar, work, new ProcessExec(), done -> {})) {
                assertEquals(row.content().strip(), row.words(), new TreeSystem(tree).commandLine());
            }
        }
    }

    /** A file without data. */
    private static void hole(TarArchiveOutputStream tar, long size) throws IOException {
        StringBuilder records = new StringBuilder();
        for (String record : List.of("GNU.sparse.size=" + size, "GNU.sparse.map=" + size + ",0")) {
            // of two digits: the length counts itself, a blank and a line feed
            records.append(record.length() + 4).append(' ').append(record).append('\n');
        }
        put(
                tar,
                entry("header", TarConstants.LF_PAX_EXTENDED_HEADER_LC),
                records.toString().getBytes(StandardCharsets.UTF_8));
        file(tar, "a", "");
    }

    private record Refused(String why, NewDisk wanted, Filling filling) {}

    @Test
    public void whatCannotBeIsRefusedWithWhatToDo() throws IOException {
        NewDisk usual = wanted(Table.GPT, null, "ext4");
        NewDisk none = wanted(Table.GPT, List.of(), "ext4");
        NewDisk small = new NewDisk(Table.GPT, List.of(), 8L << 20, 0, new FileSystem("ext4", "root"));
        NewDisk wide = new NewDisk(Table.MBR, List.of(), (2L << 40) + (1 << 20), 0, new FileSystem("ext4", "root"));
        NewDisk roomy = new NewDisk(Table.MBR, List.of(), null, 3L << 40, new FileSystem("ext4", "root"));
        NewDisk tiny = new NewDisk(Table.GPT, List.of(), 1L << 20, 0, new FileSystem("ext4", "root"));
        List<Refused> table = new ArrayList<>(List.of(
                new Refused("Install the package linux-image-amd64 (Debian), kernel-core (Fedora)", usual, out -> {}),
                new Refused("grub-pc-bin for a BIOS, or grub-efi-amd64-bin for UEFI", usual, TreeDiskTest::kernel),
                new Refused(
                        "Install the package grub-pc-bin in the tree, or set disk.boot: none",
                        wanted(Table.GPT, List.of(Boot.BIOS), "ext4"),
                        TreeDiskTest::kernel),
                new Refused(
                        "Install the package grub-efi-amd64-bin",
                        wanted(Table.GPT, List.of(Boot.EFI), "ext4"),
                        TreeDiskTest::kernel),
                new Refused("other characters than", wanted(Table.GPT, null, "ext4"), out -> {
                    kernel(out);
                    grub(out, "i386-pc");
                    file(out, "etc/kernel/cmdline", "quiet'\n}\nmenuentry 'x");
                }),
                new Refused("it is no directory", none, out -> file(out, "lost+found", "")),
                new Refused("/lost+found", none, out -> {
                    file(out, "a", "");
                    link(out, "lost+found", TarConstants.LF_LINK, "a");
                }),
                new Refused("Set disk.table: gpt", wide, out -> {}),
                new Refused("Set disk.table: gpt", roomy, out -> {}),
                new Refused("more than 100 kernels", usual, out -> {
                    for (int i = 0; i < 101; i++) {
                        file(out, "boot/vmlinuz-" + i, "");
                    }
                }),
                new Refused("its modules have more than", usual, out -> {
                    kernel(out);
                    grub(out, "x86_64-efi");
                    file(out, "usr/lib/grub/x86_64-efi/large.mod", "x".repeat(8 << 20));
                    for (int i = 0; i < 8; i++) {
                        link(
                                out,
                                "usr/lib/grub/x86_64-efi/a" + i + ".mod",
                                TarConstants.LF_LINK,
                                "usr/lib/grub/x86_64-efi/large.mod");
                    }
                }),
                new Refused("it has 65001 names", none, out -> {
                    file(out, "a", "");
                    for (int i = 0; i < 65_000; i++) {
                        link(out, "l/" + i % 100 + "/" + i, TarConstants.LF_LINK, "a");
                    }
                }),
                new Refused("it is no directory", none, out -> file(out, "etc", "")),
                new Refused("bytes more. Set disk.size to more", small, out -> file(out, "a", "x".repeat(9 << 20))),
                new Refused("Set disk.size to more, or to auto", tiny, out -> {}),
                new Refused("/a to the root file system: its attribute user.large of 5000 bytes", none, out -> {
                    TarArchiveEntry attributed = entry("a", TarConstants.LF_NORMAL);
                    attributed.addPaxHeader("SCHILY.xattr.user.large", "x".repeat(5_000));
                    put(out, attributed, new byte[0]);
                }),
                new Refused("its attribute system.posix_acl_access of 3 bytes", none, out -> {
                    TarArchiveEntry attributed = entry("a", TarConstants.LF_NORMAL);
                    attributed.addPaxHeader("SCHILY.xattr.system.posix_acl_access", "bad");
                    put(out, attributed, new byte[0]);
                }),
                new Refused(
                        "/a to the root file system: it is 999999999999999999 bytes",
                        none,
                        out -> hole(out, 999999999999999999L)),
                new Refused(
                        "/a to the root file system: it is 3298534883328 bytes",
                        wanted(Table.GPT, List.of(), "ext2"),
                        out -> hole(out, 3L << 40))));
        for (Refused row : table) {
            Path tree = tar(row.filling());
            ImageException refused = assertThrows(row.why(), ImageException.class, () -> disk(tree, row.wanted()));
            assertTrue(refused.getMessage(), refused.getMessage().contains(row.why()));
        }
    }

    @Test
    public void nothingOfTheWorkIsLeft() throws IOException {
        Path work = folder.newFolder().toPath();
        Path tar = tar(out -> file(out, "a", "content"));
        SourceMedium.ofTree(tar, wanted(Table.GPT, List.of(), "ext4"), work)
                .open(new Opening(work, new ProcessExec(), new Steps(ProgressListener.NONE), false));
        Path packed = work.resolve("a.tar.gz");
        GuestDisk.shell("gzip < \"$1\" > \"$2\"", tar, packed);
        SourceMedium compressed = SourceMedium.ofTree(packed, wanted(Table.GPT, null, "ext4"), work);
        assertThrows(
                ImageException.class,
                () -> compressed.open(new Opening(work, new ProcessExec(), new Steps(ProgressListener.NONE), false)));
        try (Stream<Path> files = Files.walk(work)) {
            assertEquals(
                    List.of("a.tar.gz", "disk.raw"),
                    files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .sorted()
                            .toList());
        }
    }

    /** Zeros that were unpacked take no room, wherever they go. */
    @Test
    public void zerosStayHoles() throws IOException {
        long size = 300L << 20;
        Path tar = tar(out -> {
            TarArchiveEntry zeros = entry("zeros", TarConstants.LF_NORMAL);
            zeros.setSize(1 << 20);
            out.putArchiveEntry(zeros);
            out.write(new byte[1 << 20]);
            out.closeArchiveEntry();
        });
        Path large = folder.newFile().toPath();
        GuestDisk.shell(
                "head -c 512 \"$1\" > \"$2\" && printf '%011o' $3 | dd of=\"$2\" bs=1 seek=124 conv=notrunc status=none"
                        + " && python3 - \"$2\" <<'X'\nimport sys\nf=open(sys.argv[1],'r+b');h=bytearray(f.read(512));h[148:156]=b' '*8\n"
                        + "f.seek(148);f.write(b'%06o\\0 '%sum(h))\nX\ntruncate -s $((512 + $3 + 1024)) \"$2\"",
                tar, large, size);
        Path disk = disk(large, wanted(Table.GPT, List.of(), "ext4"));
        assertSound(disk);
        assertTrue(debugfs(disk, "stat /zeros").contains("Size: " + size));
        assertTrue(Long.parseLong(GuestDisk.run("stat", "-c", "%b", disk.toString())
                                .strip())
                        * 512
                < 64 << 20);
    }
}
