package io.imagewright.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The secrets of a build by their names, from wherever a front end keeps secrets. They reach programs on their standard input alone: never an argument, a
 * variable, a file, a message or a log.
 *
 * @param secrets one name may have several, which are tried in their order
 */
public record Credentials(Map<String, List<String>> secrets) {

    /** Name of the passphrases of LUKS containers; each is tried on each container. */
    public static final String LUKS = "luks";

    /** Name of the passphrase of the key that signs. */
    public static final String GPG = "gpg";

    /** Without any. */
    public static final Credentials NONE = new Credentials(Map.of());

    /** Copies map and lists. */
    public Credentials {
        Map<String, List<String>> copied = new TreeMap<>();
        secrets.forEach((name, values) -> copied.put(name, List.copyOf(values)));
        secrets = Collections.unmodifiableMap(copied);
    }

    /**
     * These and one more.
     *
     * @param secret null or empty for none
     */
    public Credentials with(String name, @Nullable String secret) {
        if (secret == null || secret.isEmpty()) {
            return this;
        }
        Map<String, List<String>> more = new TreeMap<>(secrets);
        List<String> values = new ArrayList<>(all(name));
        values.add(secret);
        more.put(name, values);
        return new Credentials(more);
    }

    /** The others, then these: {@link #first} gives one of the others where they have the name. */
    public Credentials and(Credentials others) {
        Map<String, List<String>> both = new TreeMap<>(others.secrets);
        secrets.forEach((name, values) -> {
            List<String> all = new ArrayList<>(others.all(name));
            all.addAll(values);
            both.put(name, all);
        });
        return new Credentials(both);
    }

    /** Those of this name alone, for who needs no others. */
    public Credentials only(String name) {
        return new Credentials(secrets.containsKey(name) ? Map.of(name, all(name)) : Map.of());
    }

    /** The secrets of this name, in their order. */
    public List<String> all(String name) {
        return Objects.requireNonNullElse(secrets.get(name), List.of());
    }

    /** The first secret of this name. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** Whether there is one. */
    public boolean any() {
        return !secrets.isEmpty();
    }

    /** The names alone. */
    @Override
    public String toString() {
        return "Credentials" + secrets.keySet();
    }
}
