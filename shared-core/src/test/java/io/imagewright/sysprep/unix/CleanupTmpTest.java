package io.imagewright.sysprep.unix;

import java.io.IOException;
import java.util.List;

import io.imagewright.guest.GuestPath;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class CleanupTmpTest extends OperationTestBase {

    private final CleanupTmp operation = new CleanupTmp();

    @Test
    public void empties_hiddenFilesAndTreesToo_andKeepsTheDirectories() throws IOException {
        guest.file("/tmp/a", "x")
                .file("/tmp/.X11-unix/X0", "")
                .link("/tmp/link", "/etc")
                .file("/etc/kept", "");
        guest.file("/var/tmp/deep/er/.b", "x");
        guest.apply(operation);
        assertEquals(List.of(), guest.below("/tmp"));
        assertEquals(List.of(), guest.below("/var/tmp"));
        assertTrue(guest.has("/etc/kept"));
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void removes_namesThatAreNoText() throws IOException {
        guest.directory("/tmp").directory("/var/tmp");
        guest.file(GuestPath.of("/tmp").child("new\nline"))
                .file(GuestPath.of("/tmp").child(new byte[] {(byte) 0xff, 'a'}));
        assertEquals(2, guest.apply(operation).size());
        assertEquals(List.of(), guest.below("/tmp"));
    }

    @Test
    public void warns_ofAMissingDirectory() throws IOException {
        guest.file("/tmp/a", "");
        guest.apply(operation);
        assertEquals(List.of("Directory: `/var/tmp' does not exist!"), guest.warnings);
    }

    @Test
    public void follows_aLinkToTheOtherDirectoryOnce() throws IOException {
        guest.link("/tmp", "var/tmp").file("/var/tmp/a", "");
        assertEquals(1, guest.apply(operation).size());
        assertEquals(List.of(), guest.below("/var/tmp"));
        assertTrue(guest.has("/tmp"));
    }

    @Test
    public void leaves_theSystemAloneWhenTmpLeadsIntoIt() throws IOException {
        guest.link("/tmp", "../../../etc")
                .file("/etc/kept", "")
                .link("/var/tmp", "/")
                .file("/var/kept", "");
        assertEquals(List.of(), guest.apply(operation));
        assertWarned("/tmp leads to /etc");
        assertWarned("/var/tmp leads to /,");
    }

    @Test
    public void leaves_aCircleOfLinks() throws IOException {
        guest.link("/tmp", "/var/tmp").link("/var/tmp", "/tmp");
        assertEquals(List.of(), guest.apply(operation));
        assertWarned("symbolic links");
    }
}
