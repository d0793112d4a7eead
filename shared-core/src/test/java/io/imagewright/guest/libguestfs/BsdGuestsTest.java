package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import io.imagewright.GuestDisk;
import io.imagewright.ImageBuild;
import io.imagewright.Requests;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.api.ImageInspection;
import io.imagewright.api.ImagePlan;
import io.imagewright.disk.SparseFile;
import io.imagewright.disk.TestBsdLabel;
import io.imagewright.error.ImageException;
import io.imagewright.guest.Mount;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.ImageDescription.EngineChoice;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** BSDs on UFS are inspected, and neither planned nor built but as they are: Linux reads UFS only. Their file systems are made by makefs. */
public class BsdGuestsTest {

    private static final long MIB = 1 << 20;
    private static final int SECTOR = 512;
    private static final String FREEBSD_UFS = "516E7CB6-6ECF-11D6-8FF8-00022D09712B";
    private static final String MASTER_PASSWD =
            "alice:$6$salt$hash:1001:1001::0:0:A:/home/alice:/bin/sh\nroot:$6$salt$hash:0:0::0:0:C:/root:/bin/sh\n";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<ProgressEvent> events = new ArrayList<>();

    private Path root() {
        return folder.getRoot().toPath();
    }

    private static void file(Path tree, String path, String content) throws IOException {
        Files.createDirectories(tree.resolve(path).getParent());
        Files.writeString(tree.resolve(path), content);
    }

    /** A file system with the files of a tree. */
    private byte[] ufs(int version, int mib, Path tree) throws IOException {
        Path image = root().resolve("ufs.img");
        GuestDisk.shell(
                "makefs -t ffs -o version=$1,density=1024 -s $2m \"$3\" \"$4\" > \"$3.log\"",
                version,
                mib,
                image,
                tree);
        byte[] bytes = Files.readAllBytes(image);
        if (version == 2) {
            moveSuperblock(bytes);
        }
        Files.delete(image);
        return bytes;
    }

    /** Debian's makefs leaves the superblock of UFS2 where that of UFS1 is; newfs of the BSDs puts it at 64 KiB, and Linux looks nowhere else. */
    private static void moveSuperblock(byte[] image) {
        int from = 8 << 10;
        int to = 64 << 10;
        int size = 2048;
        for (int i = 0; i < size; i++) {
            assertEquals("an inode that nobody uses", 0, image[to + i]);
        }
        System.arraycopy(image, from, image, to, size);
        // fs_sblockloc
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putLong(to + 1000, to);
        java.util.Arrays.fill(image, from, from + size, (byte) 0);
    }

    private Path disk(String name, long mib, String table) throws IOException {
        Path disk = root().resolve(name);
        SparseFile.create(disk, mib * MIB).close();
        Path script = Files.writeString(root().resolve(name + ".sfdisk"), table);
        GuestDisk.shell("sfdisk -q \"$1\" < \"$2\"", disk, script);
        return disk;
    }

    private Path freeBsdTree() throws IOException {
        Path tree = Files.createDirectories(root().resolve("freebsd"));
        file(tree, "bin/freebsd-version", "#!/bin/sh\nUSERLAND_VERSION=\"14.1-RELEASE-p5\"\n");
        Files.createSymbolicLink(
                Files.createDirectories(tree.resolve("etc")).resolve("os-release"), Path.of("../var/run/os-release"));
        file(tree, "etc/rc.conf", "sshd_enable=\"YES\"\n");
        file(tree, "etc/master.passwd", MASTER_PASSWD);
        Files.createDirectories(tree.resolve("var"));
        return tree;
    }

    /** As its installer lays it out, with a /var of its own. */
    private Path freeBsd() throws IOException {
        Path tree = freeBsdTree();
        file(
                tree,
                "etc/fstab",
                "/dev/vtbd0p2 / ufs rw 1 1\n/dev/vtbd0p3 none swap sw 0 0\n/dev/gpt/varfs /var ufs rw 2 2\n");
        Path var = root().resolve("freebsd-var");
        file(
                var,
                "run/os-release",
                "ID=freebsd\nVERSION_ID=14.1\nPRETTY_NAME=\"FreeBSD 14.1-RELEASE-p5 of its own\"\n");
        Path disk = disk(
                "freebsd.raw",
                64,
                "label: gpt\nstart=2048, size=1024, type=83BD6B9D-7F41-11DC-BE0B-001560B84F0F\nstart=4096, size=65536, type="
                        + FREEBSD_UFS
                        + "\nstart=69632, size=4096, type=516E7CB5-6ECF-11D6-8FF8-00022D09712B\nstart=73728, size=32768, type="
                        + FREEBSD_UFS + ", name=varfs\n");
        GuestDisk.put(disk, 4096 * SECTOR, ufs(2, 32, tree));
        GuestDisk.put(disk, 73_728 * SECTOR, ufs(2, 16, var));
        return disk;
    }

    private static ImageDescription allowing(ImageDescription plain) {
        return plain.toBuilder()
                .customise(List.of())
                .size(null)
                .allowUnsupported(true)
                .properties(Map.of())
                .build();
    }

    private ImageBuildRequest request(ImageDescription description) {
        return Requests.of(description, root().resolve("out"));
    }

    private ImageBuildRequest plain(Path disk) {
        return request(Requests.description(disk, "raw"));
    }

    private ImageBuildRequest allowing(Path disk) {
        return request(allowing(Requests.description(disk, "raw")));
    }

    private ImageException refused(ImageBuildRequest request) {
        ImageException failure = assertThrows(ImageException.class, () -> ImageBuild.run(request, events::add));
        assertEquals(ImageException.Kind.UNSUPPORTED, failure.kind());
        return failure;
    }

    private String details() {
        return events.stream()
                .filter(event -> event instanceof ProgressEvent.StepEnded)
                .map(event -> ((ProgressEvent.StepEnded) event).detail())
                .collect(Collectors.joining("\n"));
    }

    private static List<String> mounts(Facts facts) {
        return facts.mounts().stream().map(Mount::point).map(Object::toString).toList();
    }

    private static void has(Map<String, String> properties, String... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            assertEquals(pairs[i] + " of " + properties, pairs[i + 1], properties.get(pairs[i]));
        }
    }

    @Test
    public void freeBsd_isInspected_refused_andTakenAsItIs() throws IOException {
        Path disk = freeBsd();
        ImageInspection inspection = ImageBuild.inspect(plain(disk), events::add);
        assertTrue(details(), details().contains("engine libguestfs, as partition 2 is ufs"));
        Facts facts = inspection.facts();
        assertEquals(List.of("/", "/var"), mounts(facts));
        String[] found = {
            "OSFAMILY", "freebsd",
            "OS", "freebsd",
            "DESCRIPTION", "FreeBSD 14.1-RELEASE-p5 of its own",
            "SORTORDER", "6001401",
            "KERNEL", "FreeBSD 14.1",
            "PARTITION_TABLE", "gpt",
            "ROOT_PARTITION", "2",
            "USERS", "root alice",
            "REMOTE_CONNECTION", "ssh:port=22,user=alice"
        };
        has(facts.properties(), found);
        assertTrue(facts.warnings().toString(), facts.warnings().get(0).startsWith("FreeBSD guests cannot be changed"));

        ImageException failure = refused(plain(disk));
        assertTrue(failure.getMessage(), failure.getMessage().contains("FreeBSD guests cannot be changed"));
        assertTrue(failure.getMessage(), failure.getMessage().contains("UFS, which Linux reads but does not write"));
        assertTrue(failure.getMessage(), failure.getMessage().contains("set allowUnsupported"));

        ImageBuildResult result = ImageBuild.run(allowing(disk), events::add);
        assertEquals(-1, Files.mismatch(disk, result.outputs().get(0).file()));
        has(result.facts().properties(), found);
        has(
                result.facts().properties(),
                "EXCLUDE_ALL_TASKS",
                "yes",
                "UNSUPPORTED",
                "FreeBSD guests cannot be changed.");
        assertTrue(result.operations().stream().allMatch(operation -> operation.changes() == 0));
    }

    @Test
    public void direct_saysWhyItCannot() throws IOException {
        Path disk = freeBsd();
        ImageException failure =
                refused(request(Requests.with(Requests.description(disk, "raw"), EngineChoice.DIRECT)));
        assertTrue(
                failure.getMessage(),
                failure.getMessage()
                        .contains("partition 2, which may hold the guest, is ufs, and direct serves ext2, ext3 and"
                                + " ext4 only"));
    }

    @Test
    public void freeBsd_withoutGpt() throws IOException {
        Path tree = freeBsdTree();
        file(tree, "etc/fstab", "/dev/ada0s1a / ufs rw 1 1\n");
        Path disk = disk("mbr.raw", 40, "label: dos\nstart=2048, size=77824, type=a5\n");
        GuestDisk.put(disk, (2048 + 16) * SECTOR, ufs(1, 32, tree));
        new TestBsdLabel()
                .slot('a', TestBsdLabel.FFS, 16, 65_536)
                .slot('c', 0, 0, 77_824)
                .write(disk, 2048);
        ImageException failure = assertThrows(ImageException.class, () -> ImageBuild.plan(plain(disk), events::add));
        assertEquals(ImageException.Kind.UNSUPPORTED, failure.kind());
        assertTrue(
                failure.getMessage(),
                failure.getMessage()
                        .startsWith(
                                "mbr.raw: On FreeBSD only GUID partition tables are supported: the partition table of"
                                        + " FreeBSD 14.1-RELEASE-p5 is msdos"));
        assertTrue(details(), details().contains("as partition 1 is BSD_disklabel"));
    }

    /** Its inodes are rubbish, the root directory's among them. */
    @Test
    public void aDamagedFileSystem() throws IOException {
        Path disk = freeBsd();
        byte[] rubbish = new byte[24 << 10];
        new Random(1).nextBytes(rubbish);
        GuestDisk.put(disk, 4096 * SECTOR + (32 << 10), rubbish);
        ImageException failure = assertThrows(ImageException.class, () -> ImageBuild.inspect(plain(disk), events::add));
        assertEquals(ImageException.Kind.SOURCE, failure.kind());
        assertTrue(failure.getMessage(), failure.getMessage().startsWith("Cannot use partition 2 (ufs)"));
    }

    /** In a container, whose partitions are looked at in files of their own. */
    @Test
    public void netBsd_inADisklabel() throws IOException {
        Path tree = root().resolve("netbsd");
        file(tree, "netbsd", "kernel");
        file(tree, "etc/release", "NetBSD 9.3/amd64\n");
        file(tree, "etc/rc.conf", "sshd=YES\n");
        file(tree, "etc/master.passwd", MASTER_PASSWD);
        file(
                tree,
                "etc/fstab",
                "/dev/wd0a / ffs rw 1 1\n/dev/wd0b none swap sw,dp 0 0\n/dev/wd0e /home ffs rw 1 2\n"
                        + "kernfs /kern kernfs rw\nptyfs /dev/pts ptyfs rw\n/dev/cd0a /cdrom cd9660 ro,noauto\n");
        Files.createDirectories(tree.resolve("bin"));
        Files.createDirectories(tree.resolve("home"));
        Path home = root().resolve("netbsd-home");
        file(home, "alice/.profile", "");
        Path raw = disk("netbsd.raw", 64, "label: dos\nstart=2048, size=126976, type=a9, bootable\n");
        GuestDisk.put(raw, 2048 * SECTOR, ufs(1, 32, tree));
        GuestDisk.put(raw, 69_632 * SECTOR, ufs(1, 16, home));
        new TestBsdLabel()
                .slot('a', TestBsdLabel.FFS, 2048, 65_536)
                .slot('b', TestBsdLabel.SWAP, 67_584, 2048)
                .slot('c', 0, 2048, 126_976)
                .slot('d', 0, 0, 131_072)
                .slot('e', TestBsdLabel.FFS, 69_632, 32_768)
                .write(raw, 2048);
        Path disk = root().resolve("netbsd.qcow2");
        GuestDisk.run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw.toString(), disk.toString());

        ImageBuildResult result = ImageBuild.run(allowing(disk), events::add);
        assertEquals(-1, Files.mismatch(raw, result.outputs().get(0).file()));
        assertEquals(List.of("/", "/home"), mounts(result.facts()));
        has(
                result.facts().properties(),
                "OSFAMILY",
                "netbsd",
                "DESCRIPTION",
                "NetBSD 9.3/amd64",
                "ROOT_PARTITION",
                "1",
                "USERS",
                "root alice",
                "REMOTE_CONNECTION",
                "ssh:port=22,user=root ssh:port=22,user=alice",
                "UNSUPPORTED",
                "NetBSD guests cannot be changed.",
                "EXCLUDE_ALL_TASKS",
                "yes");
        assertEquals(
                result.facts().warnings().toString(),
                1,
                result.facts().warnings().size());
    }

    @Test
    public void openBsd_whoseFstabGoesByTheUidOfItsLabel() throws IOException {
        Path tree = root().resolve("openbsd");
        file(tree, "bsd", "\0".repeat(3 << 20) + "@(#)OpenBSD 7.6 (GENERIC) #332: Mon Sep 30 2024\n\0");
        file(tree, "etc/motd", "OpenBSD ?.? (UNKNOWN)\n");
        file(tree, "etc/master.passwd", MASTER_PASSWD);
        file(
                tree,
                "etc/fstab",
                "00112233445566ff.b none swap sw\n00112233445566ff.a / ffs rw 1 1\n"
                        + "00112233445566ff.d /home ffs rw,nodev,nosuid 1 2\n");
        Files.createDirectories(tree.resolve("bin"));
        Files.createDirectories(tree.resolve("home"));
        Path home = root().resolve("openbsd-home");
        file(home, "alice/.profile", "");
        Path disk = disk("openbsd.raw", 64, "label: dos\nstart=64, size=131008, type=a6, bootable\n");
        GuestDisk.put(disk, 64 * SECTOR, ufs(2, 32, tree));
        GuestDisk.put(disk, 69_632 * SECTOR, ufs(2, 16, home));
        new TestBsdLabel()
                .openBsd("00112233445566ff")
                .slot('a', TestBsdLabel.FFS, 64, 65_536)
                .slot('b', TestBsdLabel.SWAP, 67_584, 2048)
                .slot('c', 0, 0, 131_072)
                .slot('d', TestBsdLabel.FFS, 69_632, 32_768)
                .write(disk, 64);
        ImagePlan plan = ImageBuild.plan(allowing(disk), events::add);
        assertEquals(List.of("/", "/home"), mounts(plan.facts()));
        has(
                plan.facts().properties(),
                "DESCRIPTION",
                "OpenBSD 7.6 (GENERIC)",
                "OSFAMILY",
                "openbsd",
                "ROOT_PARTITION",
                "1",
                "USERS",
                "root alice",
                "UNSUPPORTED",
                "OpenBSD guests cannot be changed.");
        plan.operations()
                .forEach(operation ->
                        assertEquals("System preparation is disabled for unsupported media", operation.skipped()));
    }
}
