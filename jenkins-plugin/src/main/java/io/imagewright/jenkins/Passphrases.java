package io.imagewright.jenkins;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Passphrases that reach the command line on its standard input alone.
 *
 * @param luksKeys each is tried on each LUKS container
 * @param gpgPassphrase of the key that signs; null for none
 */
public record Passphrases(List<String> luksKeys, @Nullable String gpgPassphrase) {

    /** Nothing is secret. */
    public static final Passphrases NONE = new Passphrases(List.of(), null);

    /** Copies the list. */
    public Passphrases {
        luksKeys = List.copyOf(luksKeys);
    }

    boolean any() {
        return !luksKeys.isEmpty() || gpgPassphrase != null;
    }

    /** Without them. */
    @Override
    public String toString() {
        return "Passphrases";
    }
}
