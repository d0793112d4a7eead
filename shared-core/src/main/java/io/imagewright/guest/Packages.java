package io.imagewright.guest;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The installed packages that the guest's package managers list: dpkg, apk and pacman. */
final class Packages {

    /** Packages; a full distribution has about 70000. */
    static final int MAX_PACKAGES = 200_000;

    /** Where rpm keeps its list: in SQLite, ndb, or Berkeley DB. */
    private static final List<String> RPM_DATABASES = List.of(
            "/usr/lib/sysimage/rpm/rpmdb.sqlite",
            "/var/lib/rpm/rpmdb.sqlite",
            "/usr/lib/sysimage/rpm/Packages.db",
            "/var/lib/rpm/Packages.db",
            "/usr/lib/sysimage/rpm/Packages",
            "/var/lib/rpm/Packages");

    private final Map<String, String> versions;
    private final Optional<String> rpmDatabase;

    private Packages(Map<String, String> versions, Optional<String> rpmDatabase) {
        this.versions = versions;
        this.rpmDatabase = rpmDatabase;
    }

    static Packages read(GuestFiles files) {
        Map<String, String> versions = new TreeMap<>();
        versions.putAll(DpkgStatus.read(files));
        versions.putAll(ApkInstalled.read(files));
        versions.putAll(PacmanLocal.read(files));
        return new Packages(
                versions, RPM_DATABASES.stream().filter(files::exists).findFirst());
    }

    boolean has(String name) {
        return versions.containsKey(name);
    }

    /** The version of a package as its package manager writes it. */
    Optional<String> version(String name) {
        return Optional.ofNullable(versions.get(name));
    }

    /** Names in order. */
    Set<String> names() {
        return Collections.unmodifiableSet(versions.keySet());
    }

    /** The database of an rpm guest, which this version does not read; empty when there is none. */
    Optional<String> unreadDatabase() {
        return rpmDatabase;
    }
}
