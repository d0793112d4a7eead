package io.imagewright.guest;

import java.util.Map;

/** Alpine's list of installed packages: {@code P:} is the name, {@code V:} the version, an empty line ends a package. */
final class ApkInstalled {

    private ApkInstalled() {}

    /** Versions by name; newer releases keep the list below /usr. */
    static Map<String, String> read(GuestFiles files) {
        return files.readPackageList("/lib/apk/db/installed")
                .or(() -> files.readPackageList("/usr/lib/apk/db/installed"))
                .map(list -> PackageFields.versions(list, "P", "V", "V", fields -> true))
                .orElse(Map.of());
    }
}
