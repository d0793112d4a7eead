package io.imagewright.guest.libguestfs;

import java.util.List;
import java.util.Optional;

import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class BlockDevicesTest {

    @Test
    public void namesOfLogicalVolumes() {
        assertEquals(Optional.of("/dev/rhel/root"), BlockDevices.logicalVolume("/dev/mapper/rhel-root"));
        assertEquals(Optional.of("/dev/my-group/ho-me"), BlockDevices.logicalVolume("/dev/mapper/my--group-ho--me"));
        assertEquals(Optional.empty(), BlockDevices.logicalVolume("/dev/mapper/inner"));
        assertEquals(Optional.empty(), BlockDevices.logicalVolume("/dev/md0"));
    }

    /** As btrfs-progs 6.2 prints them. */
    @Test
    public void subvolumes_butNeitherSnapshotsNorTheDefault() {
        assertEquals(List.of("@", "@/home", "odd name"), Subvolumes.parse("""
                        default 260
                        snapshot ID 260 gen 15 cgen 14 top level 258 otime 2026-11-21 15:04:05 path @/.snapshots/1/snapshot
                        snapshot ID 262 gen 15 cgen 14 top level 5 otime 2026-11-21 15:04:05 path before
                        subvolume ID 256 gen 12 top level 5 path @
                        subvolume ID 257 gen 12 top level 256 path @/home
                        subvolume ID 260 gen 15 top level 258 path @/.snapshots/1/snapshot
                        subvolume ID 261 gen 15 top level 5 path odd name
                        subvolume ID 262 gen 15 top level 5 path before
                        subvolume ID 263 gen 15 top level 5 path a,rw
                        """));
    }
}
