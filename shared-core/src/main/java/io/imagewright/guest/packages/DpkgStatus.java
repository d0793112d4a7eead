package io.imagewright.guest.packages;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.Lines;

/** Debian's list of packages, {@code /var/lib/dpkg/status}; see {@code dpkg-query(1)} for the states, {@code deb-control(5)} for the fields. */
final class DpkgStatus {

    private static final PackageFields FIELDS = new PackageFields(
            Set.of("Package", "Version", "Status", "Architecture", "Source", "Installed-Size"), DpkgStatus::installed);

    /** {@code gcc-12} or, when the version is another one, {@code gcc-12 (12.2.0-14)}. */
    private static final Pattern SOURCE = Pattern.compile("(\\S+)(?:\\s+\\((\\S+)\\))?");

    private DpkgStatus() {}

    /** Adds the installed packages. */
    static void read(GuestFiles files, PackageList packages) {
        files.open("/var/lib/dpkg/status", PackageList.MAX_FILE, list -> FIELDS.read(Lines.of(list), packages));
    }

    private static Optional<InstalledPackage> installed(Map<String, String> fields) {
        if (!fields.getOrDefault("Status", "").endsWith(" installed")) {
            return Optional.empty();
        }
        Matcher source = SOURCE.matcher(fields.getOrDefault("Source", ""));
        boolean hasSource = source.matches();
        return Optional.of(new InstalledPackage(
                "deb",
                fields.getOrDefault("Package", ""),
                fields.getOrDefault("Version", ""),
                fields.getOrDefault("Architecture", ""),
                "",
                hasSource ? source.group(1) : "",
                hasSource && source.group(2) != null ? source.group(2) : "",
                PackageFields.number(fields.getOrDefault("Installed-Size", "")) << 10));
    }
}
