package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.List;

import io.imagewright.sysprep.unix.MemoryTestBase;
import org.junit.Test;

import static org.junit.Assert.assertEquals;

/** Interface names and serial consoles on all boot loaders' command lines. */
public class KernelParametersTest extends MemoryTestBase {

    private final DisablePredictableNetworkInterfaceNaming naming = new DisablePredictableNetworkInterfaceNaming();
    private final DisableSerialConsole serial = new DisableSerialConsole();

    @Test
    public void naming_isSetInEveryBootLoader() throws IOException {
        guest.file("/etc/default/grub", "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\nGRUB_CMDLINE_LINUX='rhgb'\n");
        guest.file(
                "/boot/grub/grub.cfg",
                "\tlinux\t/vmlinuz root=UUID=1 ro  quiet\n\tlinuxefi /v root=x net.ifnames=1 ro\r\nlinux16 /memtest\n");
        guest.file("/boot/loader/entries/a.conf", "title x\noptions root=UUID=1 ro\noptions\tdebug\n");
        guest.file("/boot/loader/entries/b.conf", "linux /v\noptions $kernelopts");
        String block = "# GRUB Environment Block\nkernelopts=root=x ro\n";
        guest.file("/boot/grub2/grubenv", block + "#".repeat(1024 - block.length()));
        guest.file("/etc/kernel/cmdline", "root=UUID=1 ro");
        guest.file("/boot/grub/menu.lst", "# kopt=root=x ro\nkernel /vmlinuz root=x ro\n");
        guest.file("/boot/syslinux/syslinux.cfg", "  APPEND root=x net.ifnames=0\n  append memtest\n");
        guest.apply(naming);
        assertEquals(
                "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\nGRUB_CMDLINE_LINUX='rhgb net.ifnames=0'\n",
                guest.text("/etc/default/grub"));
        assertEquals(
                "\tlinux\t/vmlinuz root=UUID=1 ro  quiet net.ifnames=0\n\tlinuxefi /v root=x net.ifnames=0 ro\r\n"
                        + "linux16 /memtest\n",
                guest.text("/boot/grub/grub.cfg"));
        assertEquals(
                "title x\noptions root=UUID=1 ro net.ifnames=0\noptions\tdebug\n",
                guest.text("/boot/loader/entries/a.conf"));
        assertEquals("linux /v\noptions $kernelopts", guest.text("/boot/loader/entries/b.conf"));
        assertEquals(1024, guest.text("/boot/grub2/grubenv").length());
        assertEquals(
                "# GRUB Environment Block\nkernelopts=root=x ro net.ifnames=0\n",
                guest.text("/boot/grub2/grubenv").replaceAll("#+$", ""));
        assertEquals("root=UUID=1 ro net.ifnames=0", guest.text("/etc/kernel/cmdline"));
        assertEquals(
                "# kopt=root=x ro net.ifnames=0\nkernel /vmlinuz root=x ro net.ifnames=0\n",
                guest.text("/boot/grub/menu.lst"));
        assertEquals("  APPEND root=x net.ifnames=0\n  append memtest\n", guest.text("/boot/syslinux/syslinux.cfg"));
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void naming_isNotAddedTwice_whereGrubsOtherVariableHasIt() throws IOException {
        guest.file("/etc/default/grub", "GRUB_CMDLINE_LINUX_DEFAULT=\"net.ifnames=1\"\nGRUB_CMDLINE_LINUX=\"\"\n");
        guest.apply(naming);
        assertEquals(
                "GRUB_CMDLINE_LINUX_DEFAULT=\"net.ifnames=0\"\nGRUB_CMDLINE_LINUX=\"\"\n",
                guest.text("/etc/default/grub"));
    }

    @Test
    public void naming_warnsOfConfigurationThatGoesByTheOtherNames() throws IOException {
        guest.file("/boot/grub/grub.cfg", "linux /v root=x\n");
        guest.file("/etc/network/interfaces", "auto lo\n# allow-hotplug enp1s0\n  allow-hotplug ens3\n");
        guest.file("/etc/sysconfig/network-scripts/ifcfg-enp0s3", "BOOTPROTO=dhcp\n")
                .file("/etc/netplan/a.yaml", "eth0: {}\n")
                .file("/etc/netplan/any.yaml", "ens3: {match: {name: \"e*\"}, set-name: ens3}\n");
        guest.file("/etc/systemd/network/a.network", "[Match]\nName=en*\n[Network]\nDescription=ensure\n");
        guest.apply(naming);
        assertWarned("/etc/network/interfaces is for the network interface ens3,");
        assertWarned("/etc/sysconfig/network-scripts/ifcfg-enp0s3 is for the network interface enp0s3,");
        assertEquals(2, guest.warnings.size());
    }

    @Test
    public void naming_doesNothingWithoutABootLoader() throws IOException {
        guest.file("/etc/network/interfaces", "iface ens3 inet dhcp\n");
        assertEquals(List.of(), guest.apply(naming));
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void serial_consolesGo_andOthersStay() throws IOException {
        guest.file(
                "/etc/default/grub",
                "GRUB_CMDLINE_LINUX=\"console=tty0 console=ttyS0,115200n8 earlyprintk=ttyS0\"\n"
                        + "GRUB_CMDLINE_LINUX_DEFAULT=\"console=ttyS0\"\nGRUB_SERIAL_COMMAND=\"serial\"");
        guest.file(
                "/boot/grub2/grub.cfg", "linuxefi /v root=x console=ttyS1 ro console=hvc0\nlinux /v earlyprintk=vga\n");
        guest.file("/boot/loader/entries/a.conf", "options root=x\tconsole=ttyUSB0 earlyprintk=serial,ttyS0,115200\n");
        guest.file("/extlinux.conf", "append root=x console=ttyS0\r\nserial 0 115200\r\n");
        guest.apply(serial);
        assertEquals(
                "GRUB_CMDLINE_LINUX=\"console=tty0\"\nGRUB_CMDLINE_LINUX_DEFAULT=\"\"\nGRUB_SERIAL_COMMAND=\"serial\"",
                guest.text("/etc/default/grub"));
        assertEquals(
                "linuxefi /v root=x ro console=hvc0\nlinux /v earlyprintk=vga\n", guest.text("/boot/grub2/grub.cfg"));
        assertEquals("options root=x\n", guest.text("/boot/loader/entries/a.conf"));
        assertEquals("append root=x\r\nserial 0 115200\r\n", guest.text("/extlinux.conf"));
    }

    @Test
    public void serial_leavesGarbageAndCircles() throws IOException {
        guest.link("/boot/grub/grub.cfg", "grub.cfg")
                .file("/extlinux.conf", "\0\377append\nappend " + "x".repeat(1 << 20));
        assertEquals(List.of(), guest.apply(serial));
    }
}
