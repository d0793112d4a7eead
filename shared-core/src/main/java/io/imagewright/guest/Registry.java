package io.imagewright.guest;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.imagewright.hive.Hive;

/**
 * The registry of a Windows guest. A hive is read once, when it is first asked for: the largest ones have more than a hundred megabytes. Not
 * thread-safe.
 */
public final class Registry implements AutoCloseable {

    /** Hives that Windows shows below HKEY_LOCAL_MACHINE under the names of their files. */
    private static final Set<String> OF_MACHINE = Set.of("SYSTEM", "SOFTWARE", "SAM", "SECURITY", "DRIVERS");

    private final GuestTree tree;
    private final Map<GuestPath, Hive> hives = new HashMap<>();

    Registry(GuestTree tree) {
        this.tree = tree;
    }

    /**
     * The hive in this file, links followed; empty when there is no regular file.
     *
     * @throws io.imagewright.error.ImageException SOURCE when it is damaged
     */
    public Optional<Hive> hive(GuestPath file) {
        Optional<GuestPath> canonical = tree.resolve(file);
        if (canonical.isPresent() && !hives.containsKey(canonical.get())) {
            tree.open(canonical.get())
                    .ifPresent(content -> hives.put(
                            canonical.get(),
                            Hive.open(
                                    new ContentStream(content),
                                    content.size(),
                                    canonical.get().toString())));
        }
        return canonical.map(hives::get);
    }

    /** How people call the root of the hive in this file. */
    static String title(GuestPath file) {
        String name = file.name().toUpperCase(Locale.ROOT);
        return OF_MACHINE.contains(name) ? "HKLM\\" + name : file.name();
    }

    boolean isOpen() {
        return !hives.isEmpty();
    }

    /** Reads the hives at this path and below again when they are next asked for. */
    void forget(GuestPath changed) {
        hives.keySet().removeIf(file -> file.startsWith(changed));
    }

    /** Gives back the memory of all hives; what is asked for later is read again. */
    @Override
    public void close() {
        hives.values().forEach(Hive::close);
        hives.clear();
    }
}
