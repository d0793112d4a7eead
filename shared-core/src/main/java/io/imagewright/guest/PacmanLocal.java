package io.imagewright.guest;

import java.util.Map;
import java.util.TreeMap;

/** Arch's list of installed packages: a directory {@code <name>-<version>-<release>} for each. */
final class PacmanLocal {

    private PacmanLocal() {}

    /** Versions with releases by name. */
    static Map<String, String> read(GuestFiles files) {
        Map<String, String> versions = new TreeMap<>();
        files.list("/var/lib/pacman/local").stream()
                .filter(entry -> entry.stat().isDirectory())
                .limit(Packages.MAX_PACKAGES)
                .map(entry -> entry.path().name())
                .forEach(directory -> {
                    int version = directory.lastIndexOf('-', directory.lastIndexOf('-') - 1);
                    if (version > 0) {
                        versions.put(directory.substring(0, version), directory.substring(version + 1));
                    }
                });
        return versions;
    }
}
