package io.imagewright.api;

import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Whose signature finished files get.
 *
 * @param name fingerprint, id or user id of the key, as gpg's {@code --local-user} takes it; null for gpg's default key
 * @param home directory of the keys; null for gpg's own choice
 * @param credentials with the {@linkplain Credentials#GPG passphrase} of the key, unless it has none, or gpg's agent knows it
 */
public record GpgKey(@Nullable String name, @Nullable Path home, Credentials credentials) {

    /** The passphrase of the key; empty when none is known. */
    public Optional<String> passphrase() {
        return credentials.first(Credentials.GPG);
    }
}
