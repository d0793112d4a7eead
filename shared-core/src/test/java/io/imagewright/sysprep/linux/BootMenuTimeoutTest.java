package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.imagewright.sysprep.unix.MemoryTestBase;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

public class BootMenuTimeoutTest extends MemoryTestBase {

    private final ChangeBootmenuTimeout operation = new ChangeBootmenuTimeout();

    @Test
    public void shortens_grub2_andLengthensNothing() throws IOException {
        guest.file(
                "/etc/default/grub",
                "GRUB_DEFAULT=0\nGRUB_TIMEOUT=50 # s\r\nGRUB_TIMEOUT_STYLE=hidden\n#GRUB_TIMEOUT=1\n");
        guest.file("/etc/default/grub.d/50-cloudimg-settings.cfg", "export GRUB_TIMEOUT=\"0\"\nGRUB_TERMINAL=console");
        guest.file(
                "/boot/grub/grub.cfg",
                "if [ x ] ; then\n  set timeout=30\nelse\n  if [ $f = xy ] ; then\n    set timeout_style=menu\n"
                        + "    set timeout=-1 \n  else\nset timeout=\"5\"\n set timeout=${x}\nfi\n# caf\351\nset timeout=5");
        guest.apply(operation);
        assertEquals(
                "GRUB_DEFAULT=0\nGRUB_TIMEOUT=10 # s\r\nGRUB_TIMEOUT_STYLE=hidden\n#GRUB_TIMEOUT=1\n",
                guest.text("/etc/default/grub"));
        assertEquals(
                "export GRUB_TIMEOUT=\"0\"\nGRUB_TERMINAL=console",
                guest.text("/etc/default/grub.d/50-cloudimg-settings.cfg"));
        assertEquals(
                "if [ x ] ; then\n  set timeout=10\nelse\n  if [ $f = xy ] ; then\n    set timeout_style=menu\n"
                        + "    set timeout=10 \n  else\nset timeout=\"5\"\n set timeout=${x}\nfi\n# caf\351\nset timeout=5",
                guest.text("/boot/grub/grub.cfg"));
    }

    @Test
    public void adds_whatGrubsDefaultsLack() throws IOException {
        guest.file("/etc/default/grub", "GRUB_DEFAULT=0");
        assertEquals("GRUB's own 5 seconds are shorter", List.of(), guest.apply(operation));
        guest.apply(operation, Map.of("bootmenu_timeout", List.of("3")));
        assertEquals("GRUB_DEFAULT=0\nGRUB_TIMEOUT=3\n", guest.text("/etc/default/grub"));
    }

    @Test
    public void shortens_grub1_syslinuxAndSystemdBoot() throws IOException {
        guest.file("/boot/grub/menu.lst", "default\t\t0\ntimeout\t\t5\n# timeout 3\ntitle x\n");
        guest.file("/boot/grub/grub.conf", "default=0\ntimeout=0\nhiddenmenu\n");
        guest.file("/boot/extlinux/extlinux.conf", "TIMEOUT 50\r\nPROMPT 1\r\n");
        guest.file("/syslinux.cfg", "timeout 0\nTOTALTIMEOUT 9\n");
        guest.file("/boot/loader/loader.conf", "#timeout 3\ntimeout  3\ndefault x\n");
        guest.file("/efi/loader/loader.conf", "timeout menu-hidden\n");
        guest.apply(operation, Map.of("bootmenu_timeout", List.of("4")));
        assertEquals("default\t\t0\ntimeout\t\t4\n# timeout 3\ntitle x\n", guest.text("/boot/grub/menu.lst"));
        assertEquals("default=0\ntimeout=0\nhiddenmenu\n", guest.text("/boot/grub/grub.conf"));
        assertEquals("TIMEOUT 40\r\nPROMPT 1\r\n", guest.text("/boot/extlinux/extlinux.conf"));
        assertEquals("timeout 40\nTOTALTIMEOUT 9\n", guest.text("/syslinux.cfg"));
        assertEquals("#timeout 3\ntimeout  3\ndefault x\n", guest.text("/boot/loader/loader.conf"));
        assertEquals("timeout menu-hidden\n", guest.text("/efi/loader/loader.conf"));
    }

    @Test
    public void editsAFileOnce_thatHasTwoNames() throws IOException {
        guest.link("/etc/grub.conf", "../boot/grub/grub.conf").link("/boot/grub/menu.lst", "./grub.conf");
        guest.file("/boot/grub/grub.conf", "timeout=50\n");
        assertEquals(1, guest.apply(operation).size());
        assertEquals("timeout=10\n", guest.text("/boot/grub/grub.conf"));
    }

    @Test
    public void doesNothing_withoutABootLoader_orWithGarbage() throws IOException {
        guest.directory("/etc/default/grub").link("/boot/grub/grub.cfg", "grub.cfg");
        guest.file("/boot/grub2/grub.cfg", "\0\377set timeout=\n" + " ".repeat(1 << 20) + "set timeout=x");
        guest.file("/boot/grub/menu.lst", "timeout" + " ".repeat(1 << 20) + "x");
        assertEquals(List.of(), guest.apply(operation));
        assertFalse(guest.has("/boot/extlinux/extlinux.conf"));
    }
}
