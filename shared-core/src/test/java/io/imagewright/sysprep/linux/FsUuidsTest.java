package io.imagewright.sysprep.linux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

import com.github.luben.zstd.ZstdOutputStream;
import io.imagewright.exec.Command;
import io.imagewright.exec.Limits;
import io.imagewright.exec.ProcessExec;
import io.imagewright.guest.VolumeGroup;
import io.imagewright.guest.VolumeId;
import io.imagewright.sysprep.MediumContext;
import io.imagewright.sysprep.unix.OperationTestBase;
import io.imagewright.sysprep.unix.TestGuest;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;

public class FsUuidsTest extends OperationTestBase {

    private static final String ROOT = TestGuest.ROOT_UUID;
    private static final String SWAP = TestGuest.SWAP_UUID;
    private static final String NEW_ROOT = renamed(ROOT);
    private static final String NEW_SWAP = renamed(SWAP);

    private final FsUuids operation = new FsUuids();

    private static String renamed(String uuid) {
        return NameBasedUuid.of(UUID.fromString(uuid), "").toString();
    }

    @Test
    public void newIds_areThoseOfUuidgen() {
        for (String seed : List.of("", "1.2.3", "\u00e9")) {
            String expected = new ProcessExec()
                    .run(new Command(
                            List.of("uuidgen", "--sha1", "--namespace", ROOT, "--name", seed),
                            Map.of(),
                            Limits.ofTime(java.time.Duration.ofMinutes(1))))
                    .stdout()
                    .strip();
            assertEquals(expected, NameBasedUuid.of(UUID.fromString(ROOT), seed).toString());
        }
    }

    /** What the families have of files that name file systems by UUID. */
    private void renames(Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            guest.file(file.getKey(), file.getValue());
        }
        guest.apply(operation);
        for (Map.Entry<String, String> file : files.entrySet()) {
            assertEquals(
                    file.getKey(),
                    file.getValue()
                            .replace(ROOT, NEW_ROOT)
                            .replace(SWAP, NEW_SWAP)
                            .replace(ROOT.toUpperCase(Locale.ROOT), NEW_ROOT),
                    guest.text(file.getKey()));
        }
        assertEquals(List.of(new VolumeId(1, NEW_ROOT), new VolumeId(5, NEW_SWAP)), ids());
        assertEquals(List.of(), guest.warnings);
    }

    private List<VolumeId> ids() {
        return guest.ids.stream()
                .sorted(java.util.Comparator.comparing(VolumeId::partition))
                .toList();
    }

    @Test
    public void debian() throws IOException {
        guest.bootLoader("grub2").file("/boot/grub/i386-pc/core.img", "\0lzma");
        renames(Map.of(
                "/etc/fstab",
                "# caf\351 " + ROOT + "\nUUID=" + ROOT.toUpperCase(Locale.ROOT) + "\t/ ext4 defaults 0 1\r\n"
                        + "/dev/disk/by-uuid/" + SWAP + " none swap sw 0 0",
                "/etc/crypttab",
                "home UUID=" + ROOT + " none luks\n",
                "/etc/initramfs-tools/conf.d/resume",
                "RESUME=UUID=" + SWAP + "\n",
                "/etc/default/grub.d/x.cfg",
                "GRUB_CMDLINE_LINUX=\"resume=UUID=" + SWAP + "\"\n",
                "/boot/grub/grub.cfg",
                "search --no-floppy --fs-uuid --set=root --hint-bios=hd0,msdos1 " + ROOT
                        + "\nlinux /boot/vmlinuz root=UUID=" + ROOT + " ro\nsearch.fs_uuid " + ROOT + " root\n",
                "/boot/initrd.img-6.1",
                initramfs(new Zstd(), "conf/conf.d/resume", "RESUME=none\n")));
    }

    @Test
    public void fedora() throws IOException {
        String block = "# GRUB Environment Block\nkernelopts=root=UUID=" + ROOT + " ro\n";
        renames(Map.of(
                "/etc/fstab", "UUID=" + ROOT + " / ext4 defaults 1 1\nUUID=\"" + SWAP + "\" none swap defaults 0 0\n",
                "/etc/kernel/cmdline", "root=UUID=" + ROOT + " ro resume=UUID=" + SWAP + "\n",
                "/boot/loader/entries/abc-6.5.6.conf", "options root=UUID=" + ROOT + " ro\n",
                "/boot/grub2/grubenv", block + "#".repeat(1024 - block.length()),
                "/etc/dracut.conf.d/resume.conf", "add_device+=\" /dev/disk/by-uuid/" + SWAP + " \"\n",
                "/boot/initramfs-6.5.6.img", initramfs(new Gzip(), "usr/lib/initrd-release", "ID=fedora\n")));
    }

    @Test
    public void archAlpineSlackwareAndOthersOfSyslinux() throws IOException {
        renames(Map.of(
                "/etc/fstab", "UUID=" + ROOT + " / ext4 rw 0 1\n",
                "/etc/lilo.conf", "append=\"root=UUID=" + ROOT + "\"\n",
                "/etc/update-extlinux.conf", "root=UUID=" + ROOT + "\n",
                "/boot/extlinux.conf", "APPEND root=UUID=" + ROOT + " modules=ext4\n",
                "/extlinux/extlinux.conf", "APPEND root=UUID=" + ROOT + "\n",
                "/etc/systemd/system/srv.mount", "[Mount]\nWhat=/dev/disk/by-uuid/" + ROOT + "\nWhere=/srv\n",
                "/boot/initramfs-linux.img", initramfs(new None(), "init", "#!/bin/sh\n")));
    }

    @Test
    public void anFstabThatIsALink_isEditedWhereItIs() throws IOException {
        guest.file("/usr/share/fstab", "UUID=" + ROOT + " / ext4 rw 0 1\n").link("/etc/fstab", "/usr/share/fstab");
        guest.apply(operation);
        assertEquals("UUID=" + NEW_ROOT + " / ext4 rw 0 1\n", guest.text("/usr/share/fstab"));
    }

    @Test
    public void aSeed_givesOtherIds() throws IOException {
        guest.file("/etc/fstab", "UUID=" + ROOT + " / ext4 rw 0 1\n");
        guest.apply(operation, Map.of("fs_uuid_seed", List.of("1.0")));
        assertNotEquals(NEW_ROOT, ids().get(0).uuid());
        assertEquals("UUID=" + ids().get(0).uuid() + " / ext4 rw 0 1\n", guest.text("/etc/fstab"));
    }

    /** The file alone is there, and names the root's UUID where it must stay; swap gets a new one all the same. */
    private void keepsRoot(String reason) throws IOException {
        String fstab = "UUID=" + ROOT + " / ext4 rw 0 1\nUUID=" + SWAP + " none swap sw 0 0\n";
        guest.file("/etc/fstab", fstab);
        guest.apply(operation);
        assertWarned("Partition 1 (ext4) keeps its UUID " + ROOT + ": " + reason);
        assertEquals(fstab.replace(SWAP, NEW_SWAP), guest.text("/etc/fstab"));
        assertEquals(List.of(new VolumeId(5, NEW_SWAP)), ids());
        assertEquals(1, guest.warnings.size());
    }

    @Test
    public void keeps_whatInitramfsHolds_byName() throws IOException {
        String hook = "lib/dracut/hooks/initqueue/finished/devexists-\\x2fdev\\x2fdisk\\x2fby-uuid\\x2f" + ROOT + ".sh";
        guest.file("/boot/initramfs-3.10.img", initramfs(new Gzip(), hook, "[ -e x ]\n"));
        keepsRoot("/boot/initramfs-3.10.img names it");
    }

    @Test
    public void keeps_whatInitramfsHolds_uncompressedOrZstd() throws IOException {
        String large = "x".repeat(5 << 20); // what is smaller is read as a configuration file, too
        guest.file("/boot/a/initrd", initramfs(new None(), "conf/param.conf", large + ROOT + "\n"))
                .file("/boot/initrd.img-6.1", initramfs(new Zstd(), "conf/param.conf", "RESUME=UUID=" + SWAP + "\n"));
        String fstab = "UUID=" + ROOT + " / ext4 rw 0 1\nUUID=" + SWAP + " none swap sw 0 0\n";
        guest.file("/etc/fstab", fstab);
        assertEquals(List.of(), guest.apply(operation));
        assertWarned("/boot/a/initrd names it");
        assertWarned("Partition 5 (swap) keeps its UUID " + SWAP + ": /boot/initrd.img-6.1 names it");
        assertEquals(List.of(), ids());
    }

    @Test
    public void keeps_everything_whenAnInitramfsCannotBeSearched() throws IOException {
        String whole = initramfs(new Gzip(), "init", "x".repeat(10_000));
        Map<String, String> reasons = Map.of(
                "\u00fd7zXZ\0",
                "compressed by neither",
                "070701" + "z".repeat(200),
                "damaged",
                "070701" + "-0000001".repeat(20),
                "damaged",
                "0707010000",
                "ends too early",
                whole.substring(0, whole.length() - 20),
                "");
        for (Map.Entry<String, String> reason : reasons.entrySet()) {
            TestGuest other = new TestGuest(folder.newFolder().toPath()).inMemory();
            other.file("/boot/initrd.img", reason.getKey()).file("/etc/fstab", "UUID=" + ROOT + " / ext4 rw 0 1\n");
            assertEquals(List.of(), other.apply(operation));
            assertEquals(other.warnings.toString(), 2, other.warnings.size());
            other.warnings.forEach(warning -> assertEquals(
                    warning, true, warning.contains("cannot be searched") && warning.contains(reason.getValue())));
        }
    }

    @Test
    public void keeps_whatGrubsCoreSearchesFor() throws IOException {
        guest.bootLoader("grub2").file("/boot/grub/i386-pc/core.img", "\0");
        guest.file("/boot/grub/i386-pc/load.cfg", "search.fs_uuid " + ROOT + " root \n");
        keepsRoot("GRUB's core image, which /boot/grub/i386-pc/load.cfg is in, searches for it");
    }

    @Test
    public void keeps_theBootVolume_whenItIsUnknownWhatGrubSearchesFor() throws IOException {
        guest.bootLoader("grub2");
        keepsRoot("GRUB was not put on the disk by grub-install");
    }

    @Test
    public void keeps_whatIsCalledAfterIt_orIsNoText() throws IOException {
        guest.file("/boot/map", "\0\1root=UUID=" + ROOT + " ");
        keepsRoot("/boot/map, which is no text, names it");
        for (String[] odd : new String[][] {
            {"/etc/systemd/system/dev-disk-by\\x2duuid-" + ROOT.replace("-", "\\x2d") + ".device.d/x", "a", "called"},
            {"/etc/systemd/system/a.service", "After=dev-disk-by\\x2duuid-" + ROOT.replace("-", "\\x2d"), "systemd"},
            {"/etc/" + ROOT, "a", "called after it"}
        }) {
            TestGuest other = new TestGuest(folder.newFolder().toPath()).inMemory();
            other.file(odd[0], odd[1]);
            other.apply(operation);
            assertEquals(other.warnings.toString(), 1, other.warnings.size());
            assertEquals(other.warnings.toString(), true, other.warnings.get(0).contains(odd[2]));
        }
    }

    @Test
    public void keeps_whatALinkLeadsTo() throws IOException {
        guest.link("/etc/root-device", "/dev/disk/by-uuid/" + ROOT);
        keepsRoot("the link /etc/root-device leads to it");
    }

    @Test
    public void keeps_whatIsNamedBesideTheTree_andLeavesOutWhatIsRemoved() throws IOException {
        guest.surroundings(new MediumContext() {
            @Override
            public Set<Integer> removed() {
                return Set.of(5);
            }

            @Override
            public Map<String, String> find(Set<String> texts) {
                return texts.stream().collect(Collectors.toMap(text -> text, text -> "partition 2 (vfat)"));
            }

            @Override
            public boolean hasAppliance() {
                return false;
            }

            @Override
            public List<VolumeGroup> groups() {
                return List.of();
            }
        });
        guest.file("/etc/fstab", "UUID=" + ROOT + " / ext4 rw 0 1\n");
        assertEquals(List.of(), guest.apply(operation));
        assertEquals(
                List.of("Partition 1 (ext4) keeps its UUID " + ROOT + ": partition 2 (vfat) names it."),
                guest.warnings);
        assertEquals(List.of(), ids());
    }

    @Test
    public void keeps_everything_whenTheInitramfsMayBeOnFat() throws IOException {
        guest.volume(2, "vfat", "ABCD-1234").file("/etc/fstab", "UUID=" + ROOT + " / ext4 rw 0 1\n");
        assertEquals(List.of(), guest.apply(operation));
        assertWarned("Partition 2 (vfat) keeps its UUID ABCD-1234: this version changes those of");
        assertWarned("Partition 1 (ext4) keeps its UUID " + ROOT + ": there is no initramfs in /boot; it may be on");
        assertWarned("Partition 5 (swap) keeps its UUID");
        assertEquals(3, guest.warnings.size());
    }

    @Test
    public void keeps_whatTwoPartitionsHave_andSaysNothingOfWhatHasNone() throws IOException {
        guest.volume(6, "ext4", ROOT.toUpperCase(Locale.ROOT)).volume(7, "", "").volume(8, "ext2", "");
        guest.file("/etc/fstab", "UUID=" + ROOT + " / ext4 rw 0 1\n");
        guest.apply(operation);
        assertWarned("Partition 1 (ext4) keeps its UUID " + ROOT + ": another partition has the same");
        assertWarned("Partition 6 (ext4)");
        assertEquals(2, guest.warnings.size());
        assertEquals(List.of(new VolumeId(5, NEW_SWAP)), ids());
    }

    @Test
    public void leaves_theRestOfTheTreeAlone() throws IOException {
        guest.file("/etc/fstab", "LABEL=root / ext4 rw 0 1\n").file("/home/notes", ROOT);
        assertEquals(List.of(), guest.apply(operation));
        assertEquals(ROOT, guest.text("/home/notes"));
        assertFalse(guest.ids.isEmpty());
    }

    private interface Packing {
        OutputStream around(OutputStream out) throws IOException;
    }

    private record Gzip() implements Packing {
        @Override
        public OutputStream around(OutputStream out) throws IOException {
            return new GZIPOutputStream(out);
        }
    }

    private record Zstd() implements Packing {
        @Override
        public OutputStream around(OutputStream out) throws IOException {
            return new ZstdOutputStream(out);
        }
    }

    private record None() implements Packing {
        @Override
        public OutputStream around(OutputStream out) {
            return out;
        }
    }

    /** As initramfs-tools and dracut make it: microcode in front, not compressed, then zeros, then the rest; archives by the real cpio. */
    private String initramfs(Packing packing, String name, String content) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(archive("kernel/x86/microcode/AuthenticAMD.bin", "microcode".repeat(1000)));
        all.write(new byte[1024]);
        try (OutputStream packed = packing.around(all)) {
            packed.write(archive(name, content));
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    private byte[] archive(String name, String content) throws IOException {
        java.nio.file.Path directory = folder.newFolder().toPath();
        java.nio.file.Path file = directory.resolve("tree").resolve(name);
        java.nio.file.Files.createDirectories(file.getParent());
        java.nio.file.Files.writeString(file, content);
        var made = new ProcessExec()
                .run(new Command(
                        List.of(
                                "bash",
                                "-c",
                                "cd \"$1/tree\" && find . | sort | cpio --quiet -o -H newc > ../archive",
                                "bash",
                                directory.toString()),
                        Map.of(),
                        Limits.ofTime(java.time.Duration.ofMinutes(1))));
        assertEquals("cpio (package cpio): " + made.stderr(), 0, made.exitCode());
        return java.nio.file.Files.readAllBytes(directory.resolve("archive"));
    }
}
