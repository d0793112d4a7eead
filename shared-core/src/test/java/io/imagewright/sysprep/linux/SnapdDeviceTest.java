package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.List;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.unix.MemoryTestBase;
import io.imagewright.sysprep.unix.TestGuest;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class SnapdDeviceTest extends MemoryTestBase {

    private static final String STATE = "/var/lib/snapd/state.json";

    private final SnapdDevice operation = new SnapdDevice();

    private String edited(String state) throws IOException {
        guest.file(STATE, state);
        guest.apply(operation);
        return guest.text(STATE);
    }

    @Test
    public void deletesKeysAndSerials_andKeepsOtherAssertions() throws IOException {
        guest.file("/var/lib/snapd/device/private-keys-v1/k", "KEY");
        guest.file("/var/lib/snapd/assertions/asserts-v0/serial/generic/generic-classic/abcd/active", "serial");
        guest.file("/var/lib/snapd/assertions/asserts-v0/model/16/generic/generic-classic/active", "model");
        List<Change> changes = guest.apply(operation);
        assertTrue(changes.contains(new Change.Scrub(GuestPath.of("/var/lib/snapd/device/private-keys-v1/k"))));
        assertEquals(List.of("private-keys-v1"), guest.below("/var/lib/snapd/device"));
        assertEquals(List.of(), guest.below("/var/lib/snapd/assertions/asserts-v0/serial"));
        assertEquals(
                "model", guest.text("/var/lib/snapd/assertions/asserts-v0/model/16/generic/generic-classic/active"));
    }

    @Test
    public void edits_theState_andKeepsWhatIsInstalled() throws IOException {
        assertEquals(
                "{\"data\":{\"auth\":{\"last-id\":1,\"users\":[],\"device\":{\"brand\":\"generic\",\"model\":\"generic-classic\"}},"
                        + "\"snaps\":{\"core22\":{\"type\":\"base\",\"n\":12345678901234567890123,\"t\":1.5}},\"seeded\":true},"
                        + "\"last-change-id\":7,\"x\":\"\u00c3\u00a9\"}",
                edited(
                        "{\"data\":{\"auth\":{\"last-id\":1,\"users\":[{\"id\":1,\"macaroon\":\"M\"}],\"device\":{\"brand\":\"generic\",\n"
                                + "\"model\":\"generic-classic\",\"serial\":\"abcd\",\"key-id\":\"K\",\"session-macaroon\":\"S\"},"
                                + "\"macaroon-key\":\"MK\"},\"snaps\":{\"core22\":{\"type\":\"base\",\"n\":12345678901234567890123,"
                                + "\"t\":1.5}},\"seeded\":true},\"last-change-id\":7,\"x\":\"\u00c3\u00a9\"}\n"));
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void leaves_aStateWithoutRegistration_byteForByte() throws IOException {
        String plain = "{ \"data\": {\"auth\": {\"device\": {\"brand\": \"generic\"}, \"users\": null}} }\n";
        assertEquals(plain, edited(plain));
    }

    @Test
    public void warnsOfAStateThatIsNoJson_andLeavesIt() throws IOException {
        for (String broken : List.of("{\"data\":", "{}{}", "{\"a\":1,\"a\":2}", "[".repeat(100_000))) {
            try (TestGuest other = new TestGuest(folder.newFolder().toPath()).inMemory()) {
                other.file(STATE, broken).apply(operation);
                assertEquals(broken, other.text(STATE));
                assertEquals(1, other.warnings.size());
                assertTrue(other.warnings.get(0).startsWith(STATE + " is no JSON that can be edited here"));
            }
        }
    }
}
