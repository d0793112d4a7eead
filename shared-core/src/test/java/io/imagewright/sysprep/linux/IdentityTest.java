package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.List;

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
}
