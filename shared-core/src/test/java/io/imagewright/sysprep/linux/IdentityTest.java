package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.imagewright.guest.VolumeGroup;
import io.imagewright.sysprep.MediumContext;
import io.imagewright.sysprep.unix.OperationTestBase;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class IdentityTest extends OperationTestBase {

    private static final String ID = "0123456789abcdef0123456789abcdef\n";

    @Test
    public void machineId_isEmptiedNotDeleted() throws IOException {
        guest.file("/etc/machine-id", ID).file("/var/lib/dbus/machine-id", ID);
        guest.apply(new ClearLocalMachineId());
        assertEquals("", guest.text("/etc/machine-id"));
        assertEquals("", guest.text("/var/lib/dbus/machine-id"));
    }

    @Test
    public void machineId_linksAndUninitializedStay() throws IOException {
        guest.file("/etc/machine-id", "uninitialized\n").link("/var/lib/dbus/machine-id", "/etc/machine-id");
        assertEquals(List.of(), guest.apply(new ClearLocalMachineId()));
    }

    @Test
    public void machineId_behindALinkIsEmptied() throws IOException {
        guest.link("/etc/machine-id", "../var/lib/dbus/machine-id").file("/var/lib/dbus/machine-id", ID);
        assertEquals(1, guest.apply(new ClearLocalMachineId()).size());
        assertEquals("", guest.text("/etc/machine-id"));
    }

    @Test
    public void machineId_missingOrADirectory_isLeft() throws IOException {
        guest.directory("/etc/machine-id").link("/var/lib", "lib");
        assertEquals(List.of(), guest.apply(new ClearLocalMachineId()));
    }

    @Test
    public void netRules_areRemoved() throws IOException {
        guest.file("/etc/udev/rules.d/70-persistent-net.rules", "x").file("/etc/udev/rules.d/70-x.rules", "x");
        guest.link("/etc/udev/rules.d/z25_persistent-net.rules", "../gone");
        guest.apply(new RemovePersistentNetRules());
        assertEquals(List.of("70-x.rules"), guest.below("/etc/udev/rules.d"));
    }

    @Test
    public void netRules_needNotBeThere() throws IOException {
        guest.directory("/etc");
        assertEquals(List.of(), guest.apply(new RemovePersistentNetRules()));
        assertTrue(guest.warnings.isEmpty());
    }

    /** A medium on whose FAT partition a search finds texts that begin so. */
    private record Esp(String content, boolean hasAppliance) implements MediumContext {

        @Override
        public Set<Integer> removed() {
            return Set.of();
        }

        @Override
        public Map<String, String> find(Set<String> texts) {
            return texts.stream()
                    .filter(content::contains)
                    .collect(Collectors.toMap(text -> text, text -> "partition 15 (vfat)"));
        }

        @Override
        public List<VolumeGroup> groups() {
            return List.of();
        }
    }

    @Test
    public void machineId_inACommandLineThatNoEditReaches_isWarnedOf() throws IOException {
        guest.directory("/etc").surroundings(new Esp("ro systemd.machine_id=0123", false));
        guest.apply(new ClearLocalMachineId());
        assertWarned("partition 15 (vfat) holds a kernel command line with systemd.machine_id=");
        assertWarned("`engine: libguestfs' does, but not inside of a unified kernel image.");
    }

    @Test
    public void machineId_inAUnifiedKernelImage_isWarnedOf_alsoByTheEngineThatEditsFat() throws IOException {
        guest.directory("/etc").surroundings(new Esp("ro systemd.machine_id=f123", true));
        guest.apply(new ClearLocalMachineId());
        assertWarned("or make that image again without the parameter.");
    }

    @Test
    public void machineId_ofFirmware_isNoIdentityOfTheImage() throws IOException {
        guest.directory("/etc").surroundings(new Esp("ro systemd.machine_id=firmware", false));
        guest.apply(new ClearLocalMachineId());
        assertEquals(List.of(), guest.warnings);
    }
}
