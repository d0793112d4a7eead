package com.example.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestView;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.sysprep.Operations;
import io.imagewright.sysprep.ParameterValues;
import io.imagewright.sysprep.Sysprep;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class SetMotdTest {

    private static final Facts DEBIAN =
            new Facts("linux", "debian", "Debian", "12", List.of(), List.of(), Map.of(), List.of());
    private static final GuestPath ETC = GuestPath.of("/etc");
    private static final GuestPath MOTD = GuestPath.of("/etc/motd");

    private final GuestView guest = GuestView.empty();
    private final List<String> warnings = new ArrayList<>();

    /** Furnishes the guest. */
    private void has(Change... changes) {
        guest.add(List.of(changes));
    }

    /** What the operation would do to the guest. */
    private List<Change> plan(Map<String, String> parameters) {
        Operations operations = Operations.of(List.of(new SetMotd()));
        return Sysprep.plan(
                        guest,
                        DEBIAN,
                        operations,
                        operations.all(),
                        ParameterValues.of(operations, parameters),
                        warnings::add)
                .changes();
    }

    @Test
    public void writesTheText() {
        has(new Change.MakeDirectory(ETC, 0755, 0, 0));
        assertEquals(List.of(Change.Write.of(MOTD, Bytes.of("Hello\n"))), plan(Map.of("motd_text", "Hello")));
    }

    @Test
    public void leavesTheSameTextAlone() {
        has(
                new Change.MakeDirectory(ETC, 0755, 0, 0),
                Change.Write.of(MOTD, Bytes.of("Property of Example Inc.\n")));
        assertEquals(List.of(), plan(Map.of()));
    }

    @Test
    public void replacesALinkToAFileMadeAtEachBoot() {
        has(new Change.MakeDirectory(ETC, 0755, 0, 0), new Change.SymbolicLink(MOTD, "../run/motd"));
        guest.add(plan(Map.of()));
        assertTrue(guest.stat(MOTD).orElseThrow().isRegular());
    }

    @Test
    public void warnsOfAGuestWithoutEtc() {
        assertEquals(List.of(), plan(Map.of()));
        assertEquals(List.of("The guest has no /etc: it gets no message of the day."), warnings);
    }
}
