package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.imagewright.sysprep.unix.OperationTestBase;
import io.imagewright.sysprep.unix.TestGuest;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class RemoveSwapEntryTest extends OperationTestBase {

    private static final String UUID = "UUID=" + TestGuest.SWAP_UUID;
    private static final String ROOT = "UUID=" + TestGuest.ROOT_UUID + " / ext4 errors=remount-ro 0 1\n";
    private static final String HOOK = "/usr/share/initramfs-tools/hooks/resume";

    private final RemoveSwapEntry operation = new RemoveSwapEntry();

    @Test
    public void removes_partitionsAndFiles_andKeepsEverythingElse() throws IOException {
        guest.file("/swapfile", "SWAP");
        guest.file(
                "/etc/fstab",
                "# caf\351\n" + ROOT + "\t/dev/sda5  none swap sw 0 0\n" + UUID + " none swap\r\n"
                        + "LABEL=gone none swap sw 0 0\n#/dev/sda5 none swap sw 0 0\n/swapfile none swap sw 0 0\n"
                        + "/dev/zram0 none swap sw 0 0\n/dev/mapper/cswap none swap sw 0 0");
        guest.apply(operation);
        assertEquals(
                "# caf\351\n" + ROOT + "#/dev/sda5 none swap sw 0 0\n/dev/zram0 none swap sw 0 0\n",
                guest.text("/etc/fstab"));
        assertFalse("it holds what was in memory", guest.has("/swapfile"));
        assertWarned("/dev/mapper/cswap");
    }

    @Test
    public void fixes_everythingThatWouldResumeFromIt_onDebian() throws IOException {
        guest.file("/etc/fstab", ROOT + UUID + " none swap sw 0 0\n").file(HOOK, "#!/bin/sh\n");
        guest.file("/etc/initramfs-tools/conf.d/resume", "# by the installer\nRESUME=" + UUID + "\n");
        guest.file("/etc/initramfs-tools/initramfs.conf", "MODULES=most\nCOMPRESS=gzip\n");
        guest.file(
                "/etc/default/grub",
                "GRUB_TIMEOUT=5\n"
                        + "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet resume=/dev/sda5 splash\"\n"
                        + "GRUB_CMDLINE_LINUX=\"\"\n");
        guest.file(
                "/boot/grub/grub.cfg",
                "menuentry 'x' {\n\tlinux\t/vmlinuz-6.1 root=UUID=1 ro  quiet\tresume=" + UUID
                        + " resume_offset=3\n\tinitrd /initrd.img\n}\nlinux16 /memtest.bin\n");
        guest.apply(operation);
        assertEquals("# by the installer\nRESUME=none\n", guest.text("/etc/initramfs-tools/conf.d/resume"));
        assertEquals(
                "GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX_DEFAULT=\"quiet splash\"\nGRUB_CMDLINE_LINUX=\"noresume\"\n",
                guest.text("/etc/default/grub"));
        assertEquals(
                "menuentry 'x' {\n\tlinux\t/vmlinuz-6.1 root=UUID=1 ro  quiet noresume\n\tinitrd /initrd.img\n}\n"
                        + "linux16 /memtest.bin\n",
                guest.text("/boot/grub/grub.cfg"));
    }

    @Test
    public void fixes_otherBootLoadersWithoutNoresumeWhereThereIsNoInitramfsTools() throws IOException {
        guest.file("/etc/fstab", UUID + " swap swap defaults 0 0\n");
        guest.file("/boot/loader/entries/a.conf", "title x\noptions root=/dev/x resume=\"" + UUID + "\" rhgb\n");
        guest.file("/etc/kernel/cmdline", "resume=" + UUID + " root=UUID=1 ro\n");
        guest.file("/boot/extlinux/extlinux.conf", "LABEL l\r\n  APPEND root=x resume=" + UUID + "\r\n");
        guest.file(
                "/boot/grub/menu.lst", "# kopt=root=x resume=/dev/hda5\nkernel /vmlinuz root=x resume=/dev/hda5 ro\n");
        String block = "# GRUB Environment Block\nkernelopts=root=x resume=/dev/vda5 ro\n";
        guest.file("/boot/grub2/grubenv", block + "#".repeat(1024 - block.length()));
        guest.file(
                "/boot/grub2/grub.cfg", "  set kernelopts=\"root=x resume=/dev/vda5 ro \"\nlinuxefi ($root)/v a=1\n");
        guest.apply(operation);
        assertEquals("title x\noptions root=/dev/x rhgb\n", guest.text("/boot/loader/entries/a.conf"));
        assertEquals("root=UUID=1 ro\n", guest.text("/etc/kernel/cmdline"));
        assertEquals("LABEL l\r\n  APPEND root=x\r\n", guest.text("/boot/extlinux/extlinux.conf"));
        assertEquals("# kopt=root=x\nkernel /vmlinuz root=x ro\n", guest.text("/boot/grub/menu.lst"));
        String environment = guest.text("/boot/grub2/grubenv");
        assertEquals("# GRUB Environment Block\nkernelopts=root=x ro\n", environment.replaceAll("#+$", ""));
        assertEquals(1024, environment.length());
        assertEquals("  set kernelopts=\"root=x ro \"\nlinuxefi ($root)/v a=1\n", guest.text("/boot/grub2/grub.cfg"));
    }

    @Test
    public void keeps_resumeFromAnotherDevice() throws IOException {
        String grub = "linux /v root=x resume=/dev/mapper/vg-swap resume_offset=1 ro\n";
        guest.file("/etc/fstab", UUID + " none swap sw 0 0\n").file(HOOK, "").file("/boot/grub/grub.cfg", grub);
        guest.file("/etc/initramfs-tools/conf.d/resume", "RESUME=/dev/mapper/vg-swap\n");
        assertEquals(1, guest.apply(operation).size());
        assertEquals(grub, guest.text("/boot/grub/grub.cfg"));
    }

    @Test
    public void fixes_resumeFromASwapPartition_thatFstabDoesNotName() throws IOException {
        guest.file("/etc/fstab", ROOT).file(HOOK, "").file("/boot/grub/grub.cfg", "linux /v root=x resume=/dev/sda5\n");
        guest.apply(operation);
        assertEquals("linux /v root=x noresume\n", guest.text("/boot/grub/grub.cfg"));
    }

    /** Wherever a swap file is resumed from, the settings go with it. Each place, and what it holds afterwards. */
    @Test
    public void removes_resumeFromASwapFile() throws IOException {
        String holder = "UUID=" + TestGuest.ROOT_UUID;
        String resume = " resume=" + holder + " resume_offset=34816";
        Map<String, List<String>> places = Map.of(
                "/boot/grub/grub.cfg", List.of("linux /v root=x" + resume + " ro\n", "linux /v root=x ro\n"),
                "/etc/default/grub", List.of("GRUB_CMDLINE_LINUX=\"a" + resume + "\"\n", "GRUB_CMDLINE_LINUX=\"a\"\n"),
                "/boot/loader/entries/a.conf",
                        List.of("title x\noptions root=x" + resume + "\n", "title x\noptions root=x\n"),
                "/boot/extlinux/extlinux.conf", List.of("LABEL l\n APPEND a" + resume + "\n", "LABEL l\n APPEND a\n"),
                "/etc/kernel/cmdline", List.of("resume_offset=34816 resume=" + holder + " ro\n", "ro\n"),
                "/etc/initramfs-tools/conf.d/resume", List.of("RESUME=" + holder + "\n", "RESUME=none\n"));
        guest.file("/etc/fstab", ROOT + "/swap.img none swap sw 0 0\n").file("/swap.img", "SWAP");
        for (Map.Entry<String, List<String>> place : places.entrySet()) {
            guest.file(place.getKey(), place.getValue().get(0));
        }
        guest.file("/etc/dracut.conf.d/resume.conf", "kernel_cmdline=\"resume=" + holder + "\"\n");
        guest.file("/etc/dracut.conf.d/root.conf", "add_device+=\" " + holder + " \"\n");
        guest.apply(operation);
        assertFalse(guest.has("/swap.img"));
        assertEquals(ROOT, guest.text("/etc/fstab"));
        for (Map.Entry<String, List<String>> place : places.entrySet()) {
            assertEquals(place.getKey(), place.getValue().get(1), guest.text(place.getKey()));
        }
        assertEquals(guest.warnings.toString(), 1, guest.warnings.size());
        assertWarned("/etc/dracut.conf.d/resume.conf");
    }

    @Test
    public void leaves_whatIsNoSwapFile() throws IOException {
        guest.file(
                        "/etc/fstab",
                        "/swap/dir none swap sw 0 0\n/missing none swap sw 0 0\n/../etc/swap none swap sw 0 0\n")
                .directory("/swap/dir");
        guest.apply(operation);
        assertEquals("", guest.text("/etc/fstab"));
        assertTrue(guest.has("/swap/dir"));
    }

    @Test
    public void warns_ofAMissingFstab() throws IOException {
        guest.directory("/etc");
        assertEquals(List.of(), guest.apply(operation));
        assertWarned("There is no file /etc/fstab");
    }

    @Test
    public void warns_ofDracut() throws IOException {
        guest.file("/etc/fstab", UUID + " none swap sw 0 0\n");
        guest.file("/etc/dracut.conf.d/resume.conf", "add_device+=\" " + UUID + " \"\n");
        guest.file("/etc/dracut.conf.d/other.conf", "# resume=" + UUID + "\nhostonly=yes\n");
        guest.apply(operation);
        assertEquals(1, guest.warnings.size());
        assertWarned("/etc/dracut.conf.d/resume.conf");
    }

    @Test
    public void leaves_garbageAlone() throws IOException {
        guest.file("/etc/fstab", UUID + " none swap sw 0 0\n").file(HOOK, "");
        String garbage = "\0\377\nGRUB_CMDLINE_LINUX=\"a\\\" resume=/dev/sda5\"\nGRUB_CMDLINE_LINUX=\"\nlinux\n";
        guest.file("/etc/default/grub", garbage + "x".repeat(2 << 20));
        guest.file("/boot/grub/grub.cfg", "linux /v " + "\"".repeat(1 << 20) + " a".repeat(1 << 20));
        guest.apply(operation);
        assertEquals(garbage + "x".repeat(2 << 20), guest.text("/etc/default/grub"));
        assertFalse(guest.text("/boot/grub/grub.cfg").contains("noresume"));
        assertWarned("A command line in /etc/default/grub is left as it is");
    }

    @Test
    public void adds_theLineToGrubsDefaults_whereItIsMissing() throws IOException {
        guest.file("/etc/fstab", UUID + " none swap sw 0 0\n").file(HOOK, "");
        guest.file("/etc/default/grub", "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"");
        guest.apply(operation);
        assertEquals(
                "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\nGRUB_CMDLINE_LINUX=\"noresume\"\n",
                guest.text("/etc/default/grub"));
    }
}
