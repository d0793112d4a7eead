package io.imagewright.guest.libguestfs;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeGroup;
import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class VolumeGroupsTest {

    private static final List<Volume> VOLUMES = List.of(
            new Volume(1, "ext4", "one", "", "", "", 0, 1),
            new Volume(2, "LVM2_member", "two", "", "", "", 0, 1),
            new Volume(3, "LVM2_member", "three", "", "", "", 0, 1));

    private static String obstacle(String... lines) {
        return VolumeGroups.parse(String.join("\n", lines), VOLUMES).stream()
                .map(VolumeGroup::obstacle)
                .collect(Collectors.joining("/"));
    }

    @Test
    public void members_areTheVolumesOfTheDisks() {
        assertEquals(
                List.of(new VolumeGroup("data", "G", Set.of(2, 3), "")),
                VolumeGroups.parse(
                        "member two data G 0\nmember three data G 0\nvolume G linear active\nvolume G striped active\n",
                        VOLUMES));
        assertEquals(List.of(), VolumeGroups.parse("\nmember\nvolume\n  \nmember lone \n", VOLUMES));
    }

    @Test
    public void obstacles_areWhatLvmWouldRefuse() {
        assertEquals("", obstacle("member two data G 0"));
        assertEquals("not all of it is there", obstacle("member two data G 1"));
        assertEquals("not all of it is there", obstacle("member two data G 0", "member other data G 0"));
        assertEquals("it is exported", obstacle("member two data G 0 exported"));
        assertEquals(
                "it has a logical volume of the type thin-pool",
                obstacle("member two data G 0", "volume G linear active", "volume G thin-pool active"));
        assertEquals(
                "it has a logical volume that cannot be activated",
                obstacle("member two data G 0", "volume G linear "));
        assertEquals(
                "another group has the same name/another group has the same name",
                obstacle("member two data G 0", "member three data H 0"));
    }
}
