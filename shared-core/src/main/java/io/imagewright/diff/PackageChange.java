package io.imagewright.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.imagewright.guest.packages.InstalledPackage;
import org.jspecify.annotations.Nullable;

/**
 * A package that differs. Of some, kernels for example, several versions are installed side by side; they stand behind each other, with commas.
 *
 * @param kind the package URL's word for its manager
 * @param before versions; null when it was not there
 * @param after versions; null when it is gone
 */
public record PackageChange(
        String kind,
        String name,
        String architecture,
        @JsonProperty("old") @Nullable String before,
        @JsonProperty("new") @Nullable String after) {

    /** What makes two of one name two packages. */
    private record Key(String kind, String name, String architecture) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byName = name.compareTo(other.name);
            int byKind = kind.compareTo(other.kind);
            return byName != 0 ? byName : byKind != 0 ? byKind : architecture.compareTo(other.architecture);
        }
    }

    /** Those that differ, in the order of their names. */
    static List<PackageChange> of(List<InstalledPackage> before, List<InstalledPackage> after) {
        SortedMap<Key, TreeSet<String>> old = versions(before);
        SortedMap<Key, TreeSet<String>> fresh = versions(after);
        TreeSet<Key> keys = new TreeSet<>(old.keySet());
        keys.addAll(fresh.keySet());
        List<PackageChange> changes = new ArrayList<>();
        for (Key key : keys) {
            String one = joined(old.get(key));
            String other = joined(fresh.get(key));
            if (one == null || !one.equals(other)) {
                changes.add(new PackageChange(
                        Shown.text(key.kind()), Shown.text(key.name()), Shown.text(key.architecture()), one, other));
            }
        }
        return changes;
    }

    private static SortedMap<Key, TreeSet<String>> versions(List<InstalledPackage> packages) {
        SortedMap<Key, TreeSet<String>> versions = new TreeMap<>();
        packages.forEach(found -> versions.computeIfAbsent(
                        new Key(found.kind(), found.name(), found.architecture()), key -> new TreeSet<>())
                .add(found.version()));
        return versions;
    }

    private static @Nullable String joined(@Nullable TreeSet<String> versions) {
        return versions == null ? null : Shown.text(String.join(", ", versions));
    }
}
