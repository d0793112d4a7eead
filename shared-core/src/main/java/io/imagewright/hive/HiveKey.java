package io.imagewright.hive;

import java.util.List;
import java.util.Optional;

/** A key of a hive as it is now. Good until the hive is closed; what an edit has deleted is an error to look at. Not thread-safe. */
public final class HiveKey {

    private final HiveHandle hive;
    private final long node;

    HiveKey(HiveHandle hive, long node) {
        this.hive = hive;
        this.node = node;
    }

    /** Its own name. */
    public String name() {
        return hive.name(node);
    }

    /** The keys directly in it. */
    public List<HiveKey> keys() {
        return hive.children(node).stream()
                .map(child -> new HiveKey(hive, child))
                .toList();
    }

    /** The key at this path below it; names joined by backslashes, in any case. */
    public Optional<HiveKey> key(String path) {
        return hive.find(node, path).map(found -> new HiveKey(hive, found));
    }

    /** Its values. */
    public List<HiveValue> values() {
        return hive.values(node).stream().map(hive::read).toList();
    }

    /** The value of this name, in any case; empty for the default value. */
    public Optional<HiveValue> value(String name) {
        return hive.values(node).stream()
                .filter(value -> hive.valueName(value).equalsIgnoreCase(name))
                .findFirst()
                .map(hive::read);
    }
}
