package io.imagewright.guest.inspect;

import java.util.List;

import io.imagewright.hive.Hive;

/** IMAGE_STATE, VIRTIO_DRIVERS, and whether Windows was shut down properly. */
final class WindowsStateFacts implements WindowsFactFinder {

    /** Drivers and the services that they are installed as. */
    private record Driver(String name, String service) {}

    private static final List<Driver> DRIVERS = List.of(
            new Driver("viostor", "viostor"),
            new Driver("vioscsi", "vioscsi"),
            new Driver("netkvm", "netkvm"),
            new Driver("balloon", "BALLOON"),
            new Driver("vioser", "VirtioSerial"),
            new Driver("viorng", "VirtRng"),
            new Driver("viogpudo", "VioGpuDod"),
            new Driver("viofs", "VirtioFsDrv"),
            new Driver("vioinput", "VirtioInput"));

    @Override
    public void find(WindowsSystem system, Findings findings) {
        findings.property("IMAGE_STATE", system.imageState());
        findings.property(
                "VIRTIO_DRIVERS",
                String.join(
                        " ",
                        DRIVERS.stream()
                                .filter(driver -> isPresent(system, driver))
                                .map(Driver::name)
                                .toList()));
        for (String name : List.of("SYSTEM", "SOFTWARE")) {
            Hive hive = system.hive(name);
            if (hive.isDirty()) {
                findings.warn("Windows was not shut down properly: the last changes to its registry hive " + name
                        + " are in log files and are not seen. Edits of it may be overtaken by them. Boot the guest once"
                        + " and shut it down.");
            }
        }
    }

    private static boolean isPresent(WindowsSystem system, Driver driver) {
        return system.has("System32/drivers/" + driver.name() + ".sys")
                && system.systemKey("CurrentControlSet\\Services\\" + driver.service())
                        .isPresent();
    }
}
