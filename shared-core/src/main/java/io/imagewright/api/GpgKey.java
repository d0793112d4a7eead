package io.imagewright.api;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Whose signature finished files get.
 *
 * @param name fingerprint, id or user id of the key, as gpg's {@code --local-user} takes it; null for gpg's default key
 * @param home directory of the keys; null for gpg's own choice
 * @param passphrase of the key; null when it has none, or when gpg's agent knows it
 */
public record GpgKey(
        @Nullable String name,
        @Nullable Path home,
        @Nullable String passphrase) {

    /** Without the passphrase. */
    @Override
    public String toString() {
        return "GpgKey[name=" + name + ", home=" + home + "]";
    }
}
