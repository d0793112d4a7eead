package io.imagewright.guest;

import java.util.Map;

/** Debian's list of packages, {@code /var/lib/dpkg/status}; see {@code dpkg-query(1)} for the states. */
final class DpkgStatus {

    private DpkgStatus() {}

    /** Versions of the installed packages by name. */
    static Map<String, String> read(GuestFiles files) {
        return files.readPackageList("/var/lib/dpkg/status")
                .map(list -> PackageFields.versions(
                        list,
                        "Package",
                        "Version",
                        "Status",
                        fields -> fields.getOrDefault("Status", "").endsWith(" installed")))
                .orElse(Map.of());
    }
}
