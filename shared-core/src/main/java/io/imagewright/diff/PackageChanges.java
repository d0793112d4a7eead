package io.imagewright.diff;

import java.util.List;

import io.imagewright.guest.packages.InstalledPackage;

/** The packages that differ, each in the order of names. */
public record PackageChanges(List<PackageChange> added, List<PackageChange> removed, List<PackageChange> changed) {

    /** Copies the lists. */
    public PackageChanges {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
    }

    static PackageChanges of(List<InstalledPackage> before, List<InstalledPackage> after) {
        List<PackageChange> all = PackageChange.of(before, after);
        return new PackageChanges(
                all.stream().filter(change -> change.before() == null).toList(),
                all.stream().filter(change -> change.after() == null).toList(),
                all.stream()
                        .filter(change -> change.before() != null && change.after() != null)
                        .toList());
    }

    boolean none() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }
}
