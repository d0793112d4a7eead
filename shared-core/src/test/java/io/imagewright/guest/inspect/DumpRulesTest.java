package io.imagewright.guest.inspect;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** Each rule of a dump of the first partition is held, and named when it is broken. */
public class DumpRulesTest {

    private static final long MIB = 1 << 20;
    private static final Volume ROOT = new Volume(1, "ext4", "1111-2222", "system", "", "", MIB, 64 * MIB);
    private static final Volume NTFS = new Volume(1, "ntfs", "1111-2222", "", "", "", MIB, 64 * MIB);
    private static final Volume SECOND = new Volume(2, "ext4", "3333-4444", "more", "", "", 65 * MIB, 64 * MIB);

    private static byte[] loader(String beginning) {
        byte[] sector = new byte[512];
        byte[] bytes = beginning.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, sector, 0, bytes.length);
        sector[510] = 0x55;
        sector[511] = (byte) 0xaa;
        return sector;
    }

    private static final byte[] EXTLINUX = loader("\u00eb\u0058\u0090EXTLINUX");
    private static final byte[] WINDOWS = loader("\u00ebR\u0090NTFS    ......\r\nBOOTMGR is missing");

    private static Facts facts(String family, List<Volume> volumes, Mount... mounts) {
        return new Facts(family, family, family, "", volumes, List.of(mounts), Map.of(), List.of());
    }

    private static Facts linux(Mount... more) {
        Mount root = new Mount(GuestPath.ROOT, 1);
        return facts(
                "linux", List.of(ROOT, SECOND), more.length == 0 ? new Mount[] {root} : new Mount[] {root, more[0]});
    }

    private static Guest guest(String fstab) {
        return MemoryGuest.of(tree -> tree.file("/etc/fstab", fstab));
    }

    private static List<String> broken(
            PartitionDump dump, Guest tree, Facts facts, Volume first, byte[] bootSector, boolean shrinks) {
        return DumpRules.broken(dump, tree, facts, first, bootSector, shrinks).stream()
                .map(Message::toString)
                .toList();
    }

    private static List<String> broken(String fstab) {
        return broken(PartitionDump.EXT, guest(fstab), linux(), ROOT, EXTLINUX, true);
    }

    private static void only(String expected, List<String> broken) {
        assertEquals(broken.toString(), 1, broken.size());
        assertTrue(broken.toString(), broken.get(0).startsWith(expected));
        assertTrue("says what to do: " + broken, broken.get(0).endsWith(")"));
    }

    @Test
    public void aGuestThatKeepsTheRulesBreaksNone() {
        for (String root : List.of("UUID=1111-2222", "LABEL=system", "\"UUID=1111-2222\"")) {
            assertEquals(
                    List.of(),
                    broken(root + " / ext4 defaults 0 1\nproc /proc proc defaults 0 0\n/swapfile none swap sw 0 0\n"
                            + "/dev/sr0 /media/cdrom0 udf,iso9660 user,noauto 0 0\n/home /srv none bind 0 0\n"
                            + "server:/x /mnt nfs defaults 0 0\n"));
        }
    }

    @Test
    public void aPartitionThatBeginsElsewhere() {
        Volume later = new Volume(1, "ext4", "1111-2222", "", "", "", 4 * MIB, 64 * MIB);
        only(
                "partition 1 begins at byte 4194304, not at sector 2048",
                broken(PartitionDump.EXT, guest("UUID=1111-2222 / ext4 a 0 1\n"), linux(), later, EXTLINUX, true));
    }

    @Test
    public void aRootThatIsNotOnTheFirst() {
        Facts facts = facts("linux", List.of(ROOT, SECOND), new Mount(GuestPath.ROOT, 2));
        only(
                "the root file system is on partition 2, not on partition 1",
                broken(PartitionDump.EXT, guest("LABEL=more / ext4 a 0 1\n"), facts, ROOT, EXTLINUX, true));
    }

    @Test
    public void aPartOfTheSystemThatLiesElsewhere() {
        only(
                "/boot is on partition 2, which is not in the dump",
                broken(
                        PartitionDump.EXT,
                        guest("UUID=1111-2222 / ext4 a 0 1\nLABEL=more /boot ext4 a 0 2\n"),
                        linux(new Mount(GuestPath.of("/boot"), 2)),
                        ROOT,
                        EXTLINUX,
                        true));
        only(
                "/etc/fstab mounts UUID=gone on /srv, which is not in the dump",
                broken("UUID=1111-2222 / ext4 a 0 1\nUUID=gone /srv ext4 nofail 0 2\n"));
        only(
                "/etc/fstab names the swap UUID=5",
                broken("UUID=1111-2222 / ext4 a 0 1\nUUID=5 none swap sw 0 0\n/swapfile none swap sw 0 0\n"));
    }

    @Test
    public void aRootOfAnotherName() {
        only("/etc/fstab mounts / by the name /dev/sda1", broken("/dev/sda1 / ext4 a 0 1\n"));
        only("/etc/fstab mounts / by the name PARTUUID=1", broken("PARTUUID=1 / ext4 a 0 1\n"));
        only("/etc/fstab mounts / by the name UUID=3333-4444", broken("UUID=3333-4444 / ext4 a 0 1\n"));
        only("no line of /etc/fstab mounts /", broken("# nothing\n"));
        only(
                "the guest has no readable /etc/fstab",
                broken(PartitionDump.EXT, MemoryGuest.of(tree -> {}), linux(), ROOT, EXTLINUX, true));
    }

    @Test
    public void aBootLoaderThatIsNotThere() {
        Guest guest = guest("UUID=1111-2222 / ext4 a 0 1\n");
        byte[] unmarked = EXTLINUX.clone();
        unmarked[510] = 0;
        for (byte[] sector : List.of(new byte[512], new byte[0], loader(""), unmarked)) {
            only(
                    "no boot loader is in the first sector of partition 1",
                    broken(PartitionDump.EXT, guest, linux(), ROOT, sector, true));
        }
        byte[] grub = loader("\u00eb\u0063\u0090");
        only("GRUB in the first sector of partition 1", broken(PartitionDump.EXT, guest, linux(), ROOT, grub, true));
        assertEquals(List.of(), broken(PartitionDump.EXT, guest, linux(), ROOT, grub, false));
    }

    @Test
    public void anotherSystem() {
        Guest guest = MemoryGuest.of(tree -> tree.file("/BOOTMGR", "x"));
        Facts windows = facts("windows", List.of(NTFS), new Mount(GuestPath.ROOT, 1));
        assertEquals(List.of(), broken(PartitionDump.NTFS, guest, windows, NTFS, WINDOWS, true));
        List<String> asExt = broken(PartitionDump.EXT, guest, windows, NTFS, WINDOWS, true);
        assertEquals(asExt.toString(), 2, asExt.size());
        assertTrue(asExt.toString(), asExt.get(0).startsWith("partition 1 holds ntfs, not ext2, ext3 or ext4"));
        assertTrue(asExt.toString(), asExt.get(1).startsWith("the guest is no Linux"));
        only(
                "no boot loader is in the first sector",
                broken(PartitionDump.NTFS, guest, windows, NTFS, loader("\u00ebR\u0090NTFS    not a boot disk"), true));
        only(
                "there is no file bootmgr",
                broken(PartitionDump.NTFS, MemoryGuest.of(tree -> {}), windows, NTFS, WINDOWS, true));
    }

    @Test
    public void allThatAreBrokenAreInOneError() {
        Volume xfs = new Volume(1, "xfs", "1111-2222", "", "", "", 2 * MIB, 64 * MIB);
        List<String> broken = broken(
                PartitionDump.EXT,
                guest("/dev/sda1 / xfs a 0 1\nUUID=5 none swap sw 0 0\n"),
                linux(),
                xfs,
                new byte[512],
                true);
        assertEquals(broken.toString(), 5, broken.size());
        ImageException refused = DumpRules.refusal(
                PartitionDump.EXT, broken.stream().map(Message::of).toList());
        String text = String.valueOf(refused.getMessage());
        assertTrue(
                text,
                text.startsWith("Cannot write the guest as extdump: the first partition does not boot by itself: 1) "));
        broken.forEach(rule -> assertTrue(text, text.contains(rule)));
        assertTrue(
                text,
                text.endsWith("5) " + broken.get(4)
                        + ". Fix all of these, or take the format diskdump, which holds the whole disk."));
    }
}
