package io.imagewright.guest;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Collects installed packages; however long the lists of a guest are, no more is kept than a real system has. */
final class PackageList {

    /** Bytes of a list; one with every package of Debian in it has 80 MiB. */
    static final long MAX_FILE = 128 << 20;

    /** Packages; a full distribution has about 70000. */
    static final int MAX_PACKAGES = 200_000;

    /** Characters of a name or a version. */
    static final int MAX_LENGTH = 256;

    /** Characters of all names and versions; those of a full distribution are a tenth of it. */
    private static final long MAX_CHARACTERS = 32 << 20;

    private final Map<String, String> versions = new TreeMap<>();
    private final Consumer<String> warnings;
    private long characters;
    private boolean full;

    PackageList(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** Takes a package; of several versions, as kernels have them, the newest counts. */
    void add(String name, String version) {
        if (name.isEmpty() || name.length() > MAX_LENGTH || version.length() > MAX_LENGTH || full) {
            return;
        }
        String before = versions.get(name);
        if (before != null && VersionOrder.INSTANCE.compare(before, version) >= 0) {
            return;
        }
        characters += name.length() + version.length();
        if (versions.size() == MAX_PACKAGES || characters > MAX_CHARACTERS) {
            full = true;
            warnings.accept("The guest lists more packages than any system has; the rest is left out.");
            return;
        }
        versions.put(name, version);
    }

    /** Versions by name, in order of names. */
    Map<String, String> versions() {
        return versions;
    }
}
