package io.imagewright.guest.inspect;

import java.util.ArrayList;
import java.util.List;

import io.imagewright.hive.HiveValue;

/** How a machine made from a Windows shows that it is up: {@link Facts#bootSigns()}. */
final class WindowsBootSignFacts implements WindowsFactFinder {

    /** Start type of a service: automatic. */
    private static final long AUTOMATIC = 2;

    private static final String AGENT = "CurrentControlSet\\Services\\QEMU-GA";

    @Override
    public void find(WindowsSystem system, Findings findings) {
        List<String> signs = new ArrayList<>(BootSignFacts.ports(findings));
        system.system(AGENT, "Start")
                .map(HiveValue::number)
                .filter(start -> start.isPresent() && start.getAsLong() == AUTOMATIC)
                .ifPresent(start -> signs.add(BootSignFacts.AGENT));
        findings.bootSigns(String.join(" ", signs));
    }
}
