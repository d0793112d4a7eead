package io.imagewright.guest.packages;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.imagewright.guest.GuestFiles;

/** The installed packages that the guest's package managers list: dpkg, apk, pacman and rpm. */
public final class Packages {

    private final List<InstalledPackage> all;
    private final Map<String, String> versions;

    private Packages(PackageList packages) {
        this.all = packages.packages();
        this.versions = packages.versions();
    }

    public static Packages read(GuestFiles files, Consumer<String> warnings) {
        PackageList packages = new PackageList(warnings);
        DpkgStatus.read(files, packages);
        ApkInstalled.read(files, packages);
        PacmanLocal.read(files, packages);
        RpmDatabase.read(files, packages, warnings);
        return new Packages(packages);
    }

    /** All of them, every version of each, in their order. */
    List<InstalledPackage> all() {
        return all;
    }

    public boolean has(String name) {
        return versions.containsKey(name);
    }

    /** The version of a package as its package manager writes it; rpm's with the architecture behind. */
    public Optional<String> version(String name) {
        return Optional.ofNullable(versions.get(name));
    }

    /** Names in order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(versions.keySet());
    }
}
