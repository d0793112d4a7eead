package io.imagewright.guest.inspect;

import java.util.List;
import java.util.stream.Collectors;

import io.imagewright.hive.HiveValue;

/** REMOTE_CONNECTION of a Windows: how to log in by remote desktop, reference 1.5. */
final class RemoteDesktopFacts implements WindowsFactFinder {

    private static final String SERVER = "CurrentControlSet\\Control\\Terminal Server";
    private static final long PORT = 3389;

    @Override
    public void find(WindowsSystem system, Findings findings) {
        if (number(system, SERVER, "fDenyTSConnections", 1) != 0) {
            return;
        }
        String rdp = "rdp:port=" + number(system, SERVER + "\\WinStations\\RDP-Tcp", "PortNumber", PORT);
        List<String> users = List.of(findings.found("USERS").split(" "));
        findings.property(
                "REMOTE_CONNECTION",
                users.stream()
                        .map(user -> user.isEmpty() ? rdp : rdp + ",user=" + user)
                        .collect(Collectors.joining(" ")));
    }

    private static long number(WindowsSystem system, String key, String name, long otherwise) {
        return system.system(key, name)
                .map(HiveValue::number)
                .filter(number -> number.isPresent())
                .map(number -> number.getAsLong())
                .orElse(otherwise);
    }
}
