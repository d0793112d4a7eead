package io.imagewright.shrink;

import java.util.List;
import java.util.Map;

import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.RootGrowth;
import io.imagewright.spec.ImageDescription.Shrink;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class RoomTest {

    private static final long MIB = 1 << 20;
    private static final Shrink AUTO = new Shrink(8 * MIB, true);
    private static final RootGrowth CLOUD_INIT = new RootGrowth("cloud-init", false);
    private static final RootGrowth GROW_ROOT = new RootGrowth("growRoot", true);

    /** A guest with its root file system in partition 1 and another one in partition 2, which is shrunk. */
    private static Facts guest(String family, RootGrowth growth, String... second) {
        List<Mount> mounts = second.length == 0
                ? List.of(new Mount(GuestPath.ROOT, 2))
                : List.of(new Mount(GuestPath.ROOT, 1), new Mount(GuestPath.of(second[0]), 2));
        return new Facts(family, "x", "X", "1", List.of(), mounts, Map.of(), List.of()).with(growth);
    }

    private static long free(Shrink asked, Facts facts) {
        return Room.of(asked, 2, facts).free();
    }

    @Test
    public void aLinuxThatNothingGrows_hasRoomToBoot() {
        Room room = Room.of(AUTO, 2, guest("linux", RootGrowth.NOTHING));
        assertEquals(512 * MIB, room.free());
        assertTrue(
                room.notice().toString(),
                room.notice()
                        .toString()
                        .startsWith("Nothing in the guest grows partition 2 at boot, so up to 512 MiB"));
        assertTrue(room.notice().toString(), room.notice().toString().contains("growRoot"));
        assertEquals(", with 512 MiB left free as nothing grows it at boot", room.describe());
    }

    /** Its disk may be no larger than the image. */
    @Test
    public void aLinuxThatGrows_hasRoomForItsFirstBoot() {
        for (Facts facts :
                List.of(guest("linux", CLOUD_INIT), guest("linux", GROW_ROOT), guest("linux", GROW_ROOT, "/var"))) {
            Room room = Room.of(AUTO, 2, facts);
            assertEquals(128 * MIB, room.free());
            assertEquals("", room.notice() + room.describe());
            assertTrue(room.isFlexible());
        }
    }

    @Test
    public void whatDoesNotBoot_hasTheSlackAlone() {
        for (Facts facts : List.of(
                guest("windows", RootGrowth.NOTHING),
                guest("linux", RootGrowth.NOTHING, "/srv"),
                guest("linux", RootGrowth.NOTHING, "/boot"),
                Facts.NONE)) {
            Room room = Room.of(AUTO, 2, facts);
            assertEquals(8 * MIB, room.free());
            assertEquals("", room.notice() + room.describe());
            assertFalse(room.isFlexible());
        }
    }

    /** What grows the root file system does not grow that of /var. */
    @Test
    public void aSystemWritesBelowVar_too() {
        assertEquals(512 * MIB, free(AUTO, guest("linux", CLOUD_INIT, "/var")));
        assertEquals(512 * MIB, free(AUTO, guest("linux", CLOUD_INIT, "/var/log")));
    }

    /** The root file system lies in a logical volume of the partition that is shrunk. */
    @Test
    public void whatLiesInsideOfThePartition_counts() {
        Volume group = new Volume(2, "LVM2_member", "", "", "", "", 0, 0);
        Volume root = new Volume(Volume.FIRST_INSIDE, "ext4", "", "", "", "", 0, 0, 2, List.of(), "");
        Facts facts = new Facts(
                "linux",
                "x",
                "X",
                "1",
                List.of(group, root),
                List.of(new Mount(GuestPath.ROOT, Volume.FIRST_INSIDE)),
                Map.of(),
                List.of());
        assertEquals(512 * MIB, free(AUTO, facts));
    }

    @Test
    public void whatTheUserChose_counts() {
        Facts facts = guest("linux", RootGrowth.NOTHING);
        assertEquals(8 * MIB, free(new Shrink(8 * MIB, false), facts));
        assertEquals(1024 * MIB, free(new Shrink(1024 * MIB, true), facts));
        assertEquals(256 * MIB, free(new Shrink(256 * MIB, true), guest("linux", CLOUD_INIT)));
        assertEquals(8 * MIB, free(new Shrink(8 * MIB, false), guest("linux", CLOUD_INIT)));
        assertFalse(Room.of(new Shrink(64 * MIB, false), 2, facts).isFlexible());
    }

    @Test
    public void isLessWhereTheDiskHasNoPlace_butNeverLessThanTheSlack() {
        Room room = Room.of(AUTO, 2, guest("linux", RootGrowth.NOTHING));
        assertTrue(room.isFlexible());
        assertEquals(500 * MIB, room.less(12 * MIB).free());
        assertEquals(8 * MIB, room.less(4096 * MIB).free());
        assertFalse(room.less(4096 * MIB).isFlexible());
    }
}
