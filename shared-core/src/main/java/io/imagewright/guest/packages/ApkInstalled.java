package io.imagewright.guest.packages;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.Lines;

/**
 * Alpine's list of installed packages: {@code P:} is the name, {@code V:} the version, {@code A:} the architecture, {@code L:} the licence,
 * {@code o:} the source package, {@code I:} the installed bytes; an empty line ends a package.
 */
final class ApkInstalled {

    private static final PackageFields FIELDS =
            new PackageFields(Set.of("P", "V", "A", "L", "o", "I"), ApkInstalled::installed);

    /** Newer releases keep it below /usr. */
    private static final List<String> LISTS = List.of("/lib/apk/db/installed", "/usr/lib/apk/db/installed");

    private ApkInstalled() {}

    /** Adds the packages of the first list that is there. */
    static void read(GuestFiles files, PackageList packages) {
        LISTS.stream()
                .filter(files::exists)
                .findFirst()
                .ifPresent(list ->
                        files.open(list, PackageList.MAX_FILE, content -> FIELDS.read(Lines.of(content), packages)));
    }

    private static Optional<InstalledPackage> installed(Map<String, String> fields) {
        return Optional.of(new InstalledPackage(
                "apk",
                fields.getOrDefault("P", ""),
                fields.getOrDefault("V", ""),
                fields.getOrDefault("A", ""),
                fields.getOrDefault("L", ""),
                fields.getOrDefault("o", ""),
                "",
                PackageFields.number(fields.getOrDefault("I", ""))));
    }
}
