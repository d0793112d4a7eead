package io.imagewright.customise;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.imagewright.guest.Change;
import io.imagewright.guest.inspect.WindowsSystem;
import io.imagewright.hive.HiveEdit;
import io.imagewright.hive.HiveValue;

/** {@code hostname} of a Windows: the places of the registry that count at the next boot. */
final class WindowsHostname {

    /** Of NetBIOS; reference 2.4, AssignHostname. */
    private static final int LONGEST = 15;

    private static final String COMPUTER = "CurrentControlSet\\Control\\ComputerName\\ComputerName";
    private static final String TCP = "CurrentControlSet\\Services\\Tcpip\\Parameters";

    private WindowsHostname() {}

    static List<Change> plan(Target target, String name) {
        if (name.length() > LONGEST || name.matches("[0-9]+") || !name.matches("[A-Za-z0-9-]+")) {
            throw Target.refused(
                    "a Windows cannot be called " + name,
                    "Give a name of at most " + LONGEST + " letters, digits and hyphens, not of digits only.");
        }
        WindowsSystem system = WindowsSystem.of(target.guest());
        return Stream.of(
                        new HiveEdit.SetValue(COMPUTER, HiveValue.text("ComputerName", name)),
                        new HiveEdit.SetValue(TCP, HiveValue.text("Hostname", name)),
                        new HiveEdit.SetValue(TCP, HiveValue.text("NV Hostname", name)))
                .map(edit -> system.edit("SYSTEM", edit))
                .flatMap(Optional::stream)
                .toList();
    }
}
