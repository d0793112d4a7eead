package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeGroup;
import io.imagewright.guest.VolumeId;
import io.imagewright.sysprep.MediumContext;
import io.imagewright.sysprep.unix.OperationTestBase;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

public class LvmUuidsTest extends OperationTestBase {

    private static final String FIRST = "6HVyFL-Pjz0-R5gd-nDxT-8WHg-M6az-TIz51r";
    private static final String SECOND = "jUEfpR-FNrU-BfN6-KM2A-2gsM-MSJI-RwcuYJ";

    private final LvmUuids operation = new LvmUuids();

    private static final String GROUP = "4ERcox-cX0e-8cfx-8qdF-OMm5-DTHL-lcpJxN";

    private static Volume physical(int number, String uuid) {
        return new Volume(number, "LVM2_member", uuid, "", "", "", 0, 1);
    }

    private static Volume logical(int number, int within, String type) {
        return new Volume(number, type, "", "", "", "", 0, 1, within, List.of("/dev/data/one"), "");
    }

    private void group() {
        group("");
    }

    private void group(String obstacle) {
        guest.volume(physical(6, FIRST)).volume(physical(7, SECOND)).volume(logical(Volume.FIRST_INSIDE, 6, "xfs"));
        guest.surroundings(new MediumContext() {
            @Override
            public Set<Integer> removed() {
                return Set.of();
            }

            @Override
            public Map<String, String> find(Set<String> texts) {
                return Map.of();
            }

            @Override
            public boolean hasAppliance() {
                return true;
            }

            @Override
            public List<VolumeGroup> groups() {
                return List.of(new VolumeGroup("data", GROUP, Set.of(6, 7), obstacle));
            }
        });
    }

    private void keepsAll(String warning) {
        guest.apply(operation);
        assertEquals(List.of(), guest.ids);
        assertWarned(warning);
    }

    @Test
    public void newIds_haveTheFormOfLvm_andFollowFromTheOldOnesAndTheSeed() {
        String id = LvmId.of(FIRST, "");
        assertTrue(id, LvmId.isValid(id));
        assertEquals(id, LvmId.of(FIRST, ""));
        assertNotEquals(id, LvmId.of(FIRST, "1"));
        assertNotEquals(id, LvmId.of(SECOND, ""));
        assertTrue(LvmId.isValid(FIRST));
        for (String other : List.of("", "0a3407de-014b-458b-b5c1-848e92a327a3", FIRST + "a", FIRST.replace('H', '_'))) {
            assertFalse(other, LvmId.isValid(other));
        }
    }

    @Test
    public void wholeGroup_getsOtherIds_andCopiesOfTheMetadataGo() throws IOException {
        group();
        guest.file("/etc/lvm/backup/data", "id = \"" + FIRST + "\"").file("/etc/lvm/lvm.conf", "# mine");
        guest.apply(operation, Map.of("lvm_uuid_seed", List.of("1.0")));
        String group = LvmId.of(GROUP, "1.0");
        assertEquals(
                List.of(
                        new VolumeId(6, LvmId.of(FIRST, "1.0"), group),
                        new VolumeId(7, LvmId.of(SECOND, "1.0"), group)),
                guest.ids.stream().distinct().toList());
        assertFalse(guest.has("/etc/lvm/backup/data"));
        assertEquals("# mine", guest.text("/etc/lvm/lvm.conf"));
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void groupOfBoot_keepsItsId() {
        group();
        guest.volume(logical(1, 6, "ext4"));
        guest.apply(operation);
        assertEquals(new VolumeId(6, LvmId.of(FIRST, ""), ""), guest.ids.get(0));
        assertWarned("The volume group data keeps its id: /boot is in it");
    }

    @Test
    public void keeps_whatIsNotWhole() throws IOException {
        group("not all of it is there");
        guest.file("/etc/lvm/backup/data", "");
        keepsAll("The volume group data keeps its ids: not all of it is there.");
        assertTrue(guest.has("/etc/lvm/backup/data"));
    }

    @Test
    public void changesNothing_whereNoEngineReachesAGroup() {
        guest.volume(physical(6, FIRST));
        guest.apply(operation);
        assertEquals(List.of(), guest.ids);
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void keeps_whatTheDevicesFileNames() throws IOException {
        group();
        guest.file("/etc/lvm/devices/system.devices", "IDTYPE=sys_serial PVID=" + LvmId.compact(SECOND) + "\n");
        keepsAll("The volume group data keeps its ids: /etc/lvm/devices/system.devices names it.");
    }

    /** As the installer of Ubuntu Server names logical volumes. */
    @Test
    public void groupThatFstabNames_keepsItsId() throws IOException {
        group();
        guest.file("/etc/fstab", "/dev/disk/by-id/dm-uuid-LVM-" + LvmId.compact(GROUP) + "x /srv ext4 defaults 0 1\n");
        guest.apply(operation);
        assertEquals(new VolumeId(6, LvmId.of(FIRST, ""), ""), guest.ids.get(0));
        assertWarned("The volume group data keeps its id: /etc/fstab names it");
    }

    @Test
    public void keeps_whatTheInitramfsNames_orMayName() throws IOException {
        group();
        guest.file("/boot/initramfs-6.1.img", "no archive");
        keepsAll("initramfs-6.1.img may name it");
    }

    @Test
    public void keeps_whatCannotBeTakenApart() {
        group();
        guest.volume(logical(Volume.FIRST_INSIDE + 1, Volume.FIRST_INSIDE, "ext4"));
        keepsAll("a container or an array lies in its logical volumes");
    }
}
