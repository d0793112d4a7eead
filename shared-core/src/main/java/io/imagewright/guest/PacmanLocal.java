package io.imagewright.guest;

/** Arch's list of installed packages: a directory {@code <name>-<version>-<release>} for each. */
final class PacmanLocal {

    private PacmanLocal() {}

    /** Adds the packages, versions with releases. */
    static void read(GuestFiles files, PackageList packages) {
        files.list("/var/lib/pacman/local").stream()
                .filter(entry -> entry.stat().isDirectory())
                .map(entry -> entry.path().name())
                .forEach(directory -> {
                    int version = directory.lastIndexOf('-', directory.lastIndexOf('-') - 1);
                    if (version > 0) {
                        packages.add(directory.substring(0, version), directory.substring(version + 1));
                    }
                });
    }
}
