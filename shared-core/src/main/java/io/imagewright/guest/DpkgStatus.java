package io.imagewright.guest;

/** Debian's list of packages, {@code /var/lib/dpkg/status}; see {@code dpkg-query(1)} for the states. */
final class DpkgStatus {

    private static final PackageFields FIELDS = new PackageFields(
            "Package",
            "Version",
            "Status",
            fields -> fields.getOrDefault("Status", "").endsWith(" installed"));

    private DpkgStatus() {}

    /** Adds the installed packages. */
    static void read(GuestFiles files, PackageList packages) {
        files.open("/var/lib/dpkg/status", PackageList.MAX_FILE, list -> FIELDS.read(Lines.of(list), packages));
    }
}
