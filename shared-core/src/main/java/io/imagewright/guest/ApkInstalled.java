package io.imagewright.guest;

import java.util.List;

/** Alpine's list of installed packages: {@code P:} is the name, {@code V:} the version, an empty line ends a package. */
final class ApkInstalled {

    private static final PackageFields FIELDS = new PackageFields("P", "V", "V", fields -> true);

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
}
