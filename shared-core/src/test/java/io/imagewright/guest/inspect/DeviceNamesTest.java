package io.imagewright.guest.inspect;

import java.util.List;
import java.util.Optional;

import io.imagewright.guest.Volume;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class DeviceNamesTest {

    private static final List<Volume> VOLUMES = List.of(
            new Volume(1, "ext4", "6f3b1b1c-8d8d-4a4a-9b9b-010203040506", "my root", "0a0b0c0d-01", "caf\u00e9", 0, 1),
            new Volume(2, "vfat", "12AB-34CD", "twin", "0a0b0c0d-02", "", 1, 1),
            new Volume(15, "swap", "", "twin", "0a0b0c0d-0f", "", 2, 1));

    private static void assertPartition(int partition, String device) {
        assertEquals(device, Optional.of(partition), DeviceNames.partition(device, VOLUMES));
    }

    private static void assertNone(String device) {
        assertEquals(device, Optional.empty(), DeviceNames.partition(device, VOLUMES));
    }

    @Test
    public void findsTags_quotedEscapedAndInEitherCase() {
        assertPartition(1, "UUID=6F3B1B1C-8d8d-4a4a-9b9b-010203040506");
        assertPartition(2, "UUID=\"12ab-34cd\"");
        assertPartition(1, "LABEL=my\\040root");
        assertPartition(1, "\"LABEL=my root\"");
        assertPartition(15, "PARTUUID=0A0B0C0D-0F");
        assertPartition(1, "PARTLABEL='caf\u00c3\u00a9'");
    }

    @Test
    public void findsLinks() {
        assertPartition(2, "/dev/disk/by-uuid/12AB-34CD");
        assertPartition(1, "/dev/disk/by-label/my\\x20root");
        assertPartition(1, "/dev/disk/by-partuuid/0a0b0c0d-01");
        assertPartition(1, "/dev/disk/by-partlabel/caf\\xc3\\xa9");
        assertNone("/dev/disk/by-id/ata-disk-part1");
    }

    @Test
    public void findsKernelNames_ofTheFirstDiskOnly() {
        for (String disk : List.of("/dev/sda", "/dev/hda", "/dev/vda", "/dev/xvda", "/dev/nvme0n1p", "/dev/mmcblk0p")) {
            assertPartition(15, disk + 15);
            assertNone(disk + 3);
        }
        for (String other : List.of("/dev/sdb1", "/dev/sdaa1", "/dev/nvme1n1p1", "/dev/nvme0n2p1", "/dev/mmcblk1p1")) {
            assertNone(other);
        }
    }

    @Test
    public void findsKernelNames_ofFurtherDisks() {
        Volume second = new Volume(Volume.number(1, 1), "ext4", "", "", "", "", 0, 1);
        Volume third = new Volume(Volume.number(2, 0), "ext4", "", "", "", "", 0, 1);
        Volume inside = new Volume(
                Volume.FIRST_INSIDE, "ext4", "", "", "", "", 0, 1, second.partition(), List.of("/dev/md0"), "");
        List<Volume> volumes = List.of(VOLUMES.get(0), second, third, inside);
        for (String name :
                List.of("/dev/sdb1", "/dev/vdb1", "/dev/xvdb1", "/dev/hdb1", "/dev/nvme1n1p1", "/dev/mmcblk1p1")) {
            assertEquals(name, Optional.of(second.partition()), DeviceNames.partition(name, volumes));
        }
        for (String name : List.of("/dev/sdc", "/dev/vdc", "/dev/nvme2n1")) {
            assertEquals(name, Optional.of(third.partition()), DeviceNames.partition(name, volumes));
        }
        for (String name : List.of("/dev/sdb", "/dev/sdb2", "/dev/sdc1", "/dev/sdd1", "/dev/nvme100n1p1")) {
            assertEquals(name, Optional.empty(), DeviceNames.partition(name, volumes));
        }
        assertEquals("partition 1 of disk 2", second.describe());
        assertEquals("The whole of disk 3", third.title());
        assertEquals("/dev/md0", inside.describe());
    }

    @Test
    public void findsTheWholeDisk_whenItHasNoTable() {
        List<Volume> whole = List.of(new Volume(0, "ext4", "", "", "", "", 0, 1));
        for (String disk : List.of("/dev/sda", "/dev/vda", "/dev/nvme0n1", "/dev/mmcblk0")) {
            assertEquals(disk, Optional.of(0), DeviceNames.partition(disk, whole));
            assertNone(disk);
        }
    }

    @Test
    public void findsNothing_forEmptyUnknownAmbiguousAndHostileNames() {
        for (String device : List.of(
                "",
                "\"",
                "UUID=",
                "LABEL=\"\"",
                "UUID=6f3b",
                "LABEL=twin",
                "/dev/mapper/vg-root",
                "tmpfs",
                "/dev/sda99999999999999999999",
                "LABEL=my\\134040root",
                "LABEL=\\777")) {
            assertNone(device);
        }
    }

    @Test
    public void knowsPersistentNames() {
        for (String device : List.of(
                "/dev/sda",
                "/dev/sdb1",
                "/dev/hda2",
                "/dev/vdz9",
                "/dev/xvda1",
                "/dev/nvme0n1p2",
                "/dev/mmcblk0p1",
                "/dev/nvme1n1",
                "/dev/sdaa12")) {
            assertFalse(device, DeviceNames.isPersistent(device));
        }
        for (String device : List.of(
                "UUID=1", "LABEL=/dev/sda1", "/dev/mapper/a", "/dev/disk/by-uuid/1", "/dev/md0", "proc", "/dev/sr0")) {
            assertTrue(device, DeviceNames.isPersistent(device));
        }
    }
}
