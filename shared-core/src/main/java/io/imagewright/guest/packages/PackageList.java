package io.imagewright.guest.packages;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Collects installed packages; however long the lists of a guest are, no more is kept than a real system has. */
final class PackageList {

    /** Bytes of a list; one with every package of Debian in it has 80 MiB. */
    static final long MAX_FILE = 128 << 20;

    /** Packages; a full distribution has about 70000. */
    static final int MAX_PACKAGES = 200_000;

    /** Characters of a name or a version. */
    static final int MAX_LENGTH = 256;

    /** Characters of a licence. */
    static final int MAX_LICENCE = 2048;

    /** Characters of everything; that of a full distribution is a quarter of it. */
    private static final long MAX_CHARACTERS = 32 << 20;

    private final SortedSet<InstalledPackage> packages = new TreeSet<>(InstalledPackage.ORDER);
    private final Map<String, String> versions = new TreeMap<>();
    private final Consumer<String> warnings;
    private long characters;
    private boolean full;

    PackageList(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** Takes a package; one that is listed twice counts once. */
    void add(InstalledPackage found) {
        if (found.name().isEmpty()
                || found.name().length() > MAX_LENGTH
                || found.version().length() > MAX_LENGTH
                || full) {
            return;
        }
        InstalledPackage kept = limited(found);
        if (packages.contains(kept)) {
            return;
        }
        characters += characters(kept);
        if (packages.size() == MAX_PACKAGES || characters > MAX_CHARACTERS) {
            full = true;
            warnings.accept("The guest lists more packages than any system has; the rest is left out.");
            return;
        }
        packages.add(kept);
        versions.merge(
                kept.name(), version(kept), (one, two) -> VersionOrder.INSTANCE.compare(one, two) >= 0 ? one : two);
    }

    /** What is longer than makes sense counts as missing. */
    private static InstalledPackage limited(InstalledPackage found) {
        return new InstalledPackage(
                found.kind(),
                found.name(),
                found.version(),
                limited(found.architecture(), MAX_LENGTH),
                limited(found.licence(), MAX_LICENCE),
                limited(found.source(), MAX_LENGTH),
                limited(found.sourceVersion(), MAX_LENGTH),
                found.bytes());
    }

    private static String limited(String text, int limit) {
        return text.length() > limit ? "" : text;
    }

    private static long characters(InstalledPackage found) {
        return (long) found.name().length()
                + found.version().length()
                + found.architecture().length()
                + found.licence().length()
                + found.source().length()
                + found.sourceVersion().length();
    }

    /** As its manager's users write it: of rpm with the architecture behind, as kernels are called so. */
    private static String version(InstalledPackage found) {
        return found.kind().equals("rpm") && !found.architecture().isEmpty()
                ? found.version() + "." + found.architecture()
                : found.version();
    }

    /** All of them, in their order. */
    List<InstalledPackage> packages() {
        return List.copyOf(packages);
    }

    /** Versions by name, in order of names; of several versions, as kernels have them, the newest. */
    Map<String, String> versions() {
        return versions;
    }
}
