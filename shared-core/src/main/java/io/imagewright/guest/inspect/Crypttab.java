package io.imagewright.guest.inspect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.Volume;

/** What the guest calls its opened LUKS containers, see {@code crypttab(5)}. */
final class Crypttab {

    private static final String FILE = "/etc/crypttab";
    private static final String MAPPER = "/dev/mapper/";

    /** Lines that are looked at. */
    private static final int MAX_LINES = 1000;

    /** Device of the container by the name of what is opened. */
    private final Map<String, String> devices = new HashMap<>();

    private Crypttab() {}

    /** What a guest without one has, too: nothing. */
    static Crypttab of(GuestFiles files) {
        Crypttab table = new Crypttab();
        files.read(FILE)
                .ifPresent(content -> content.text()
                        .lines()
                        .limit(MAX_LINES)
                        .map(line -> line.strip().split("\\s+", 3))
                        .filter(fields -> fields.length >= 2 && !fields[0].startsWith("#"))
                        .forEach(fields -> table.devices.putIfAbsent(MAPPER + fields[0], fields[1])));
        return table;
    }

    /** The volume in the container that is opened under this name. */
    Optional<Integer> volume(String device, List<Volume> volumes) {
        return Optional.ofNullable(devices.get(device))
                .flatMap(container -> DeviceNames.partition(container, volumes))
                .flatMap(container -> volumes.stream()
                        .filter(volume -> volume.within() == container
                                && volume.subvolume().isEmpty())
                        .map(Volume::partition)
                        .findFirst());
    }
}
