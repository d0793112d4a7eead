package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.imagewright.GuestDisk;
import io.imagewright.ImageBuild;
import io.imagewright.Requests;
import io.imagewright.TwoDisks;
import io.imagewright.api.ApplianceSettings;
import io.imagewright.api.Credentials;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.api.ImageInspection;
import io.imagewright.error.ImageException;
import io.imagewright.guest.Mount;
import io.imagewright.guest.TestWindows;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.hive.Hive;
import io.imagewright.hive.HiveValue;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.spec.ImageDescription;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** Guests on file systems that only the appliance serves are built as any other: {@code auto} finds them, sysprep runs, nothing stale is left. */
public class OtherFileSystemsTest {

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    /** In a file that sysprep deletes, in one that it empties, and in one that was deleted before. */
    private static final String SECRET = "STALE-SECRET-THAT-MUST-NOT-LEAVE";

    /** {@code uuidgen --sha1 -n 51111111-2222-3333-4444-555555555555 -N ''}. */
    private static final String NEW_BOOT = "0204dbc7-9e34-5cec-8e51-4fe970072690";

    private static final String LINUX = "L";

    /** Of partitions, in MiB. */
    private static final Map<String, Long> SIZES = Map.ofEntries(
            Map.entry("xfs.root", 400L),
            Map.entry("fedora.boot", 64L),
            Map.entry("fedora.root", 400L),
            Map.entry("suse.root", 400L),
            Map.entry("rhel.boot", 310L),
            Map.entry("rhel.pv", 560L),
            Map.entry("stack.boot", 40L),
            Map.entry("stack.one", 240L),
            Map.entry("stack.two", 240L),
            Map.entry("extlinux.root", 300L),
            Map.entry("wide.boot", 40L),
            Map.entry("wide.one", 120L),
            Map.entry("more.two", 160L),
            Map.entry("windows.root", 300L));

    private static GuestMaker maker;
    private static Path tree;

    private final List<ProgressEvent> events = new ArrayList<>();

    @BeforeClass
    public static void prepare() throws IOException {
        Path root = FOLDER.getRoot().toPath();
        tree = GuestDisk.tree(root.resolve("guest"));
        Files.writeString(tree.resolve("root/.bash_history"), SECRET.repeat(1000));
        Files.writeString(tree.resolve("home/alice/.bash_history"), SECRET.repeat(1000));
        Files.writeString(tree.resolve("var/log/syslog"), SECRET.repeat(1000));
        Files.writeString(tree.resolve("deleted"), SECRET.repeat(5000));
        maker = new GuestMaker(root, SIZES);
    }

    @AfterClass
    public static void end() {
        maker.close();
    }

    private static void fstab(String... lines) throws IOException {
        Files.writeString(tree.resolve("etc/fstab"), String.join("\n", lines) + "\n");
    }

    private ImageBuildResult build(Path... disks) {
        return build(disks[0].getFileName() + ".out", "raw", disks);
    }

    private ImageBuildResult build(String out, String formats, Path... disks) {
        return ImageBuild.run(
                Requests.of(
                        TwoDisks.of(List.of(disks), formats.split(",", -1)),
                        FOLDER.getRoot().toPath().resolve(out)),
                events::add);
    }

    private static void requireFiles(Path tar) throws IOException {
        String listing = GuestDisk.run("tar", "--numeric-owner", "-tvf", tar.toString());
        assertTrue(listing, listing.matches("(?s).*-rwsr-x--- 7/70000 +3145732 .* sparse\\n.*"));
        assertTrue(listing, listing.matches("(?s).*crw-r--r-- 0/0 +1,3 .* null\\n.*"));
        assertTrue(listing, listing.contains("etc/twin link to etc/fstab"));
        assertTrue(
                listing,
                Files.readString(tree.resolve("etc/fstab"))
                        .equals(GuestDisk.run("tar", "-xOf", tar.toString(), "etc/fstab")));
        assertTrue("holes are kept", Files.size(tar) < 2 << 20);
        assertTrue(contains(tar, "SCHILY.xattr.user.note=yes"));
    }

    private String applianceStep() {
        return events.stream()
                .filter(event -> event instanceof ProgressEvent.StepEnded ended
                        && ended.step().equals("appliance"))
                .map(event -> ((ProgressEvent.StepEnded) event).detail())
                .collect(Collectors.joining());
    }

    private static void requireClean(ImageBuildResult result) throws IOException {
        for (ImageBuildResult.Output output : result.outputs()) {
            assertFalse("the secret is in " + output.file(), contains(output.file(), SECRET));
        }
        int changes = result.operations().stream()
                .filter(operation -> operation.name().equals("cleanup-userdata"))
                .mapToInt(ImageBuildResult.OperationReport::changes)
                .sum();
        assertEquals("both histories", 2, changes);
    }

    private static boolean contains(Path file, String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        String carry = "";
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] piece = in.readNBytes(1 << 20); piece.length > 0; piece = in.readNBytes(1 << 20)) {
                String both = carry + new String(piece, StandardCharsets.ISO_8859_1);
                if (both.contains(text)) {
                    return true;
                }
                carry = both.substring(Math.max(0, both.length() - wanted.length));
            }
        }
        return false;
    }

    private static Map<String, String> properties(ImageBuildResult result) {
        return result.facts().properties();
    }

    private static List<String> mounts(ImageBuildResult result) {
        return points(result.facts());
    }

    private static List<String> points(Facts facts) {
        return facts.mounts().stream().map(Mount::point).map(Object::toString).toList();
    }

    @Test
    public void xfs() throws IOException {
        fstab("UUID=21111111-2222-3333-4444-555555555555 / xfs defaults 0 0");
        Path disk = maker.disk("xfs")
                .partition("root", LINUX)
                .line("mkfs.xfs -q -m uuid=21111111-2222-3333-4444-555555555555 $root")
                .line("mkdir -p /m && mount $root /m")
                .unpack(tree, "/m")
                .line("ln /m/etc/fstab /m/etc/twin; setfattr -n user.note -v yes /m/etc/fstab; mknod /m/null c 1 3")
                .line("truncate -s 3M /m/sparse; echo end >> /m/sparse; chown 7:70000 /m/sparse; chmod 4750 /m/sparse")
                .line("sync; rm /m/deleted; umount /m")
                .make();
        ImageBuildResult result = build("xfs.out", "raw,tar", disk);
        assertTrue(applianceStep(), applianceStep().contains("partition 1 is xfs"));
        requireFiles(result.outputs().get(1).file());
        ImageBuildResult again = build("xfs.again", "raw,tar", disk);
        assertEquals(
                "the same bytes",
                -1,
                Files.mismatch(
                        result.outputs().get(1).file(), again.outputs().get(1).file()));
        assertEquals("debian", properties(result).get("OS"));
        assertEquals("1", properties(result).get("ROOT_PARTITION"));
        requireClean(result);
        assertTrue(
                events.toString(),
                events.stream()
                        .anyMatch(event -> event instanceof ProgressEvent.StepSkipped skipped
                                && skipped.step().equals("shrink")
                                && skipped.reason().contains("XFS")));
    }

    @Test
    public void fedora_btrfsWithSubvolumesAndASeparateBoot() throws IOException {
        String uuid = "31111111-2222-3333-4444-555555555555";
        fstab(
                "UUID=" + uuid + " / btrfs subvol=root,compress=zstd:1 0 0",
                "UUID=" + uuid + " /home btrfs subvol=home 0 0",
                "LABEL=BOOT /boot ext4 defaults 1 2");
        Path disk = maker.disk("fedora")
                .partition("boot", LINUX)
                .partition("root", LINUX)
                .line("mke2fs -q -t ext4 -L BOOT $boot")
                .line("mkfs.btrfs -q -U " + uuid + " $root")
                .line("mkdir -p /m && mount $root /m")
                .line("btrfs -q subvolume create /m/root; btrfs -q subvolume create /m/home")
                .unpack(tree, "/m/root")
                .line("mv /m/root/home/* /m/home/; sync; rm /m/root/deleted")
                .line("btrfs -q subvolume snapshot /m/root /m/before")
                .line("rm /m/before/root/.bash_history; : > /m/before/var/log/syslog")
                .line("umount /m; mount $boot /m; touch /m/grub.cfg; umount /m")
                .make();
        ImageBuildResult result = build(disk);
        assertEquals(List.of("/", "/boot", "/home"), mounts(result));
        assertEquals("2", properties(result).get("ROOT_PARTITION"));
        requireClean(result);
        assertTrue(
                events.toString(),
                events.stream()
                        .anyMatch(event -> event instanceof ProgressEvent.StepEnded ended
                                && ended.step().equals("shrink")
                                && ended.detail().contains("partition 2: 400 to ")));
    }

    @Test
    public void opensuse_btrfsWhoseDefaultIsASnapshot() throws IOException {
        String uuid = "41111111-2222-3333-4444-555555555555";
        fstab("UUID=" + uuid + " / btrfs defaults 0 0", "UUID=" + uuid + " /home btrfs subvol=/@/home 0 0");
        Path disk = maker.disk("suse")
                .partition("root", LINUX)
                .line("mkfs.btrfs -q -U " + uuid + " $root")
                .line("mkdir -p /m && mount $root /m")
                .line("btrfs -q subvolume create /m/@; btrfs -q subvolume create /m/@/home")
                .line("btrfs -q subvolume create /m/@/.snapshots; mkdir /m/@/.snapshots/1")
                .line("btrfs -q subvolume create /m/seed")
                .unpack(tree, "/m/seed")
                .line("mv /m/seed/home/* /m/@/home/; sync; rm /m/seed/deleted")
                .line("btrfs -q subvolume snapshot /m/seed /m/@/.snapshots/1/snapshot")
                .line("btrfs -q subvolume delete -c /m/seed; btrfs subvolume sync /m > /dev/null")
                .line("btrfs subvolume set-default /m/@/.snapshots/1/snapshot")
                .line("umount /m")
                .make();
        ImageBuildResult result = build(disk);
        assertEquals(List.of("/", "/home"), mounts(result));
        requireClean(result);
    }

    @Test
    public void redHat_logicalVolumesWithXfsAndExt4() throws IOException {
        fstab(
                "/dev/mapper/rhel-root / xfs defaults 0 0",
                "/dev/rhel/ho-me /home ext4 defaults 0 0",
                "UUID=51111111-2222-3333-4444-555555555555 /boot xfs defaults 0 0",
                "/dev/mapper/rhel-swap none swap defaults 0 0");
        Path disk = maker.disk("rhel")
                .partition("boot", LINUX)
                .partition("pv", "E6D6D379-F507-44C2-A23C-238F2A3DF928")
                .line("mkfs.xfs -q -m uuid=51111111-2222-3333-4444-555555555555 $boot")
                .line("lvm pvcreate -qq --norestorefile --uuid 6HVyFL-Pjz0-R5gd-nDxT-8WHg-M6az-TIz51r $pv")
                .line("lvm vgcreate -qq rhel $pv")
                .line("lvm lvcreate -qq -y -L 320M -n root rhel; lvm lvcreate -qq -y -L 64M -n ho-me rhel")
                .line("lvm lvcreate -qq -y -L 32M -n swap rhel; udevadm settle")
                .line("mkfs.xfs -q /dev/rhel/root; mke2fs -q -t ext4 /dev/rhel/ho-me; mkswap -q /dev/rhel/swap")
                .line("mkdir -p /m && mount /dev/rhel/root /m; mkdir /m/home; mount /dev/rhel/ho-me /m/home")
                .unpack(tree, "/m")
                .line("sync; rm /m/deleted; umount /m/home; umount /m; lvm vgchange -qq -an rhel")
                .make();
        ImageBuildResult result = ImageBuild.run(
                Requests.of(
                        Requests.with(Requests.description(disk, "raw"), "fs-uuids"),
                        FOLDER.getRoot().toPath().resolve("rhel.out")),
                events::add);
        assertTrue(applianceStep(), applianceStep().contains("engine libguestfs"));
        assertEquals(List.of("/", "/boot", "/home"), mounts(result));
        assertEquals("2", properties(result).get("ROOT_PARTITION"));
        requireClean(result);

        Facts again = ImageBuild.inspect(
                        Requests.of(
                                Requests.description(result.outputs().get(0).file(), "raw"),
                                FOLDER.getRoot().toPath()),
                        events::add)
                .facts();
        assertEquals(List.of("/", "/boot", "/home"), points(again));
        assertNotEquals("6HVyFL-Pjz0-R5gd-nDxT-8WHg-M6az-TIz51r", uuids(again).get(2));
        assertEquals("those that were reported", uuids(result.facts()), uuids(again));
        assertEquals(NEW_BOOT, uuids(again).get(1));
        assertFalse("LVM's earlier metadata", contains(result.outputs().get(0).file(), "6HVyFL-Pjz0"));
    }

    private static Map<Integer, String> uuids(Facts facts) {
        return facts.volumes().stream().collect(Collectors.toMap(Volume::partition, Volume::uuid));
    }

    /** Its loader lies where the file system ends before, and the file system boots all the same. */
    @Test
    public void extlinux_findsItsFilesAgainInAShrunkFileSystem() throws IOException {
        fstab("UUID=61111111-2222-3333-4444-555555555555 / ext4 defaults 0 1");
        GuestDisk.shell(
                "mkdir -p \"$1/boot/extlinux\" \"$1/proc\" \"$1/dev\" &&"
                        + " printf 'SERIAL 0 115200\\nPROMPT 1\\nDEFAULT none\\n'"
                        + " > \"$1/boot/extlinux/extlinux.conf\" &&"
                        + " for file in \"$(command -v extlinux)\" $(ldd \"$(command -v extlinux)\" | grep -o '/[^ ]*'); do"
                        + " mkdir -p \"$1$(dirname \"$file\")\"; cp -L \"$file\" \"$1$file\"; done",
                tree);
        Path disk = maker.disk("extlinux")
                .partition("root", LINUX)
                .line("mke2fs -q -t ext4 -O ^64bit -U 61111111-2222-3333-4444-555555555555 $root")
                .line("mkdir -p /m && mount $root /m")
                .unpack(tree, "/m")
                .line(
                        "dd if=/dev/zero of=/m/before bs=1M count=220 status=none; extlinux --install /m/boot/extlinux 2> /dev/null")
                .line("sync; rm /m/before /m/deleted; umount /m")
                .make();
        ImageBuildResult result = ImageBuild.run(
                Requests.of(
                        Requests.with(
                                Requests.with(
                                        Requests.description(disk, "raw"), ImageDescription.EngineChoice.LIBGUESTFS),
                                "fs-uuids"),
                        FOLDER.getRoot().toPath().resolve("extlinux.out")),
                events::add);
        requireClean(result);
        Path image = result.outputs().get(0).file();
        assertTrue("shrunk to " + Files.size(image), Files.size(image) < 120L << 20);
        Path alone = FOLDER.getRoot().toPath().resolve("extlinux.alone");
        GuestDisk.shell(
                "dd if=\"$1\" of=\"$2\" bs=1M skip=1 conv=sparse status=none; truncate -s +1M \"$2\"", image, alone);
        String console = GuestDisk.shell(
                "exec 3< <(exec timeout 120 qemu-system-x86_64 -accel tcg -m 64 -nodefaults -display none -serial stdio"
                        + " -drive format=raw,snapshot=on,file=\"$1\" < /dev/null 2>&1); machine=$!;"
                        + " while read -r -d : -u 3 text; do case $text in *boot) echo boot:; kill $machine; break;; esac; done",
                alone);
        assertEquals("the prompt that its configuration asks for", "boot:", console.strip());
    }

    @Test
    public void ext4OnALogicalVolumeInALuksContainerOnAnArray() throws IOException {
        fstab("/dev/crypt/root / ext4 defaults 0 1", "/dev/md/boot /boot ext4 defaults 0 2");
        Path disk = maker.disk("stack")
                .partition("boot", LINUX)
                .partition("one", LINUX)
                .partition("two", LINUX)
                .line("mke2fs -q -t ext4 $boot")
                .line(
                        "mdadm -q --create /dev/md/all --run --level=1 --metadata=1.2 --raid-devices=2 $one $two 2> /dev/null")
                .line("udevadm settle; md=$(readlink -f /dev/md/all)")
                .line(
                        "printf 'open sesame' | cryptsetup luksFormat -q --pbkdf pbkdf2 --pbkdf-force-iterations 1000 $md -")
                .line("printf 'open sesame' | cryptsetup open --allow-discards --key-file=- $md inner")
                .line("lvm pvcreate -qq /dev/mapper/inner; lvm vgcreate -qq crypt /dev/mapper/inner")
                .line("lvm lvcreate -qq -y -L 160M -n root crypt; udevadm settle; mke2fs -q -t ext4 /dev/crypt/root")
                .line("mkdir -p /m && mount /dev/crypt/root /m")
                .unpack(tree, "/m")
                .line("sync; rm /m/deleted; umount /m; lvm vgchange -qq -an crypt; cryptsetup close inner")
                .line("mdadm -q --stop $md 2> /dev/null")
                .make();
        ImageException closed = assertThrows(ImageException.class, () -> build(disk));
        assertTrue(closed.getMessage(), closed.getMessage().contains("none of the passphrases"));
        ImageBuildRequest plain = Requests.of(
                Requests.description(disk, "raw"), FOLDER.getRoot().toPath().resolve("stack.out"));
        ImageBuildResult result = ImageBuild.run(
                plain.toBuilder()
                        .worker(new ImageBuildRequest.WorkerSettings(
                                false,
                                plain.worker().classPath(),
                                ApplianceSettings.DEFAULT,
                                Credentials.NONE.with(Credentials.LUKS, "wrong").with(Credentials.LUKS, "open sesame")))
                        .build(),
                events::add);
        assertEquals("2", properties(result).get("ROOT_PARTITION"));
        assertEquals("debian", properties(result).get("OS"));
        requireClean(result);
        assertFalse(events.toString(), events.toString().contains("sesame"));
    }

    @Test
    public void aVolumeGroupOverTwoDisks() throws IOException {
        fstab("/dev/mapper/wide-root / ext4 defaults 0 0", "/dev/sda1 /boot ext4 defaults 0 0");
        GuestMaker.Plan more = maker.disk("more").partition("two", "E6D6D379-F507-44C2-A23C-238F2A3DF928");
        Path disk = maker.disk("wide")
                .partition("boot", LINUX)
                .partition("one", "E6D6D379-F507-44C2-A23C-238F2A3DF928")
                .beside(more)
                .line("mke2fs -q -t ext4 $boot")
                .line("lvm pvcreate -qq $one $two; lvm vgcreate -qq wide $one $two")
                .line("lvm lvcreate -qq -y -l 100%FREE -n root wide; udevadm settle")
                .line("mke2fs -q -t ext4 /dev/wide/root")
                .line("mkdir -p /m && mount /dev/wide/root /m")
                .unpack(tree, "/m")
                .line("cp /m/deleted /tmp/deleted; sync; rm /m/deleted; umount /m")
                .line("end=$(( $(blockdev --getsize64 /dev/wide/root) / 4096 - 64 ))")
                .line("dd if=/tmp/deleted of=/dev/wide/root bs=4096 seek=$end conv=notrunc status=none; sync")
                .line("lvm vgchange -qq -an wide")
                .make();
        // a disk without a table, as pvcreate of a whole one makes it
        Path second = FOLDER.getRoot().toPath().resolve("second.raw");
        GuestDisk.run(
                "cp",
                "--sparse=always",
                FOLDER.getRoot().toPath().resolve("more.two").toString(),
                second.toString());
        assertTrue("the secret is on the second disk, too", contains(second, SECRET));

        ImageBuildResult result = build(disk, second);

        assertEquals(List.of("/", "/boot"), mounts(result));
        assertEquals("of the first disk", "2", properties(result).get("ROOT_PARTITION"));
        assertEquals(2, result.outputs().size());
        requireClean(result);
        Path first = result.outputs().get(0).file();
        Path other = result.outputs().get(1).file();
        assertTrue("made smaller: " + Files.size(first), Files.size(first) < Files.size(disk));
        assertTrue("made smaller: " + Files.size(other), Files.size(other) < Files.size(second) / 2);
        ImageInspection again = ImageBuild.inspect(
                Requests.of(
                        TwoDisks.of(List.of(first, other), "raw"),
                        FOLDER.getRoot().toPath().resolve("again")),
                events::add);
        assertEquals(
                "the shrunk group is found again", 2, again.facts().mounts().size());
    }

    @Test
    public void windowsOnNtfs_isPreparedAndShrunk() throws IOException {
        Path windows = TestWindows.eleven()
                .file("/pagefile.sys", SECRET.repeat(1000))
                .file("/Windows/System32/winevt/Logs/System.evtx", SECRET.repeat(1000))
                .file("/deleted", SECRET.repeat(5000))
                .write(Files.createDirectories(FOLDER.getRoot().toPath().resolve("windows")));
        Path disk = maker.disk("windows")
                .partition("root", "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7")
                .line("mkntfs -q -Q -F $root > /dev/null")
                .line("mkdir -p /m && mount -t ntfs-3g $root /m")
                .unpack(windows, "/m")
                .line("sync; rm /m/deleted; umount /m")
                .make();
        ImageBuildResult result = build(disk);
        assertTrue(applianceStep(), applianceStep().contains("partition 1 is ntfs"));
        assertEquals("windows", properties(result).get("OSFAMILY"));
        Path image = result.outputs().get(0).file();
        assertFalse("the secret is in " + image, contains(image, SECRET));
        assertTrue("made smaller: " + Files.size(image), Files.size(image) < 200 << 20);
        Path hive = FOLDER.getRoot().toPath().resolve("SYSTEM");
        Path partition = FOLDER.getRoot().toPath().resolve("ntfs");
        GuestDisk.shell("dd if=\"$1\" of=\"$2\" bs=1M skip=1 status=none", image, partition);
        GuestDisk.shell("ntfscat -f \"$1\" Windows/System32/config/SYSTEM > \"$2\"", partition, hive);
        try (InputStream content = Files.newInputStream(hive);
                Hive system = Hive.open(content, Files.size(hive), "SYSTEM")) {
            assertEquals(
                    "dword 2",
                    system.value("Setup", "SetupType").map(HiveValue::describe).orElse("none"));
        }
    }
}
