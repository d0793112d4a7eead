package io.imagewright.guest.packages;

import java.util.List;
import java.util.function.Consumer;

import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.GuestTree;

/** What a guest's package managers list as installed. */
public final class InstalledPackages {

    private InstalledPackages() {}

    /**
     * Every version of every package, in {@link InstalledPackage#ORDER}.
     *
     * @param warnings gets full sentences: what could not be read
     */
    public static List<InstalledPackage> of(GuestTree guest, Consumer<String> warnings) {
        return Packages.read(new GuestFiles(guest, warnings), warnings).all();
    }
}
