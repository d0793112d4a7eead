package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.List;

import io.imagewright.sysprep.unix.OperationTestBase;
import io.imagewright.sysprep.unix.TestGuest;
import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class UsePersistentBlockDeviceNamesTest extends OperationTestBase {

    private static final String ROOT = "UUID=" + TestGuest.ROOT_UUID;

    private final UsePersistentBlockDeviceNames operation = new UsePersistentBlockDeviceNames();

    @Test
    public void replaces_kernelNamesInFstab() throws IOException {
        for (String disk : List.of("/dev/sda", "/dev/hda", "/dev/vda", "/dev/xvda", "/dev/nvme0n1p", "/dev/mmcblk0p")) {
            TestGuest other = new TestGuest(folder.newFolder().toPath());
            other.file("/etc/fstab", "# x\n" + disk + "1\t/  ext4 defaults 0 1\r\n" + disk + "5 none swap sw 0 0\n");
            other.apply(operation);
            assertEquals(
                    "# x\n" + ROOT + "\t/  ext4 defaults 0 1\r\nUUID=" + TestGuest.SWAP_UUID + " none swap sw 0 0\n",
                    other.text("/etc/fstab"));
            assertEquals(List.of(), other.warnings);
            other.close();
        }
    }

    @Test
    public void takes_whatIsMountedThere_whenTheDiskWasNotTheFirst() throws IOException {
        guest.file("/etc/fstab", "/dev/sdb3 / ext4 defaults 0 1\n/dev/sdb4 /srv ext4 defaults 0 2\n");
        guest.apply(operation);
        assertEquals(ROOT + " / ext4 defaults 0 1\n/dev/sdb4 /srv ext4 defaults 0 2\n", guest.text("/etc/fstab"));
        assertWarned("keeps /dev/sdb4");
    }

    @Test
    public void keeps_otherNamesAndWarnsOfOddLines() throws IOException {
        String fstab = "LABEL=x / ext4 defaults 0 1\n/dev/mapper/a /a ext4 defaults 0 2\n/dev/sr0 /cd auto ro 0 0\n"
                + "\377 garbage\nproc /proc proc defaults 0 0 0\n/dev/sda9\n";
        guest.file("/etc/fstab", fstab);
        assertEquals(List.of(), guest.apply(operation));
        assertWarned("Detected abnormal entry in fstab: line 4 has 2 fields");
        assertWarned("Detected abnormal entry in fstab: line 5 has 7 fields");
        assertWarned("keeps /dev/sda9");
    }

    @Test
    public void warns_whenThereIsNoFstab_andDoesTheBootLoader() throws IOException {
        guest.file("/boot/initrd.img-6.1", "x");
        guest.file("/boot/grub/grub.cfg", "\tlinux /vmlinuz root=/dev/sda1 ro\n\tlinux /v root=UUID=1 ro\n");
        guest.file("/boot/grub/menu.lst", "kernel /vmlinuz ro root=/dev/hda1\n");
        guest.file("/boot/syslinux/syslinux.cfg", "append initrd=x root=/dev/sdb2 ro\n");
        guest.apply(operation);
        assertWarned("There is no file /etc/fstab");
        assertEquals(
                "\tlinux /vmlinuz root=" + ROOT + " ro\n\tlinux /v root=UUID=1 ro\n",
                guest.text("/boot/grub/grub.cfg"));
        assertEquals("kernel /vmlinuz ro root=" + ROOT + "\n", guest.text("/boot/grub/menu.lst"));
        assertEquals("append initrd=x root=" + ROOT + " ro\n", guest.text("/boot/syslinux/syslinux.cfg"));
    }

    @Test
    public void givesAKernelWithoutInitramfs_aNameThatItKnows() throws IOException {
        guest.file("/etc/fstab", ROOT + " / ext4 defaults 0 1\n");
        guest.file("/boot/loader/entries/a.conf", "options root=/dev/vda1 ro\n");
        guest.apply(operation);
        assertEquals("options root=PARTUUID=8a3f6f52-01 ro\n", guest.text("/boot/loader/entries/a.conf"));
    }
}
