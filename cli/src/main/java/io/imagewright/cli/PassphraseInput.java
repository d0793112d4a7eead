package io.imagewright.cli;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.imagewright.error.ImageException;
import org.jspecify.annotations.Nullable;

/** Passphrases, from the environment and from standard input. They are never options: a command line is seen by everybody on the machine. */
final class PassphraseInput {

    static final String LUKS_VARIABLE = "IMAGEWRIGHT_LUKS_KEY";

    /** As maven-gpg-plugin has it. */
    static final String GPG_VARIABLE = "MAVEN_GPG_PASSPHRASE";

    private final CommandEnvironment surroundings;
    private @Nullable SuppliedPassphrases supplied;

    PassphraseInput(CommandEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * What was supplied.
     *
     * @param luksKeys each is tried on each container
     * @param gpgPassphrase null for none
     */
    record SuppliedPassphrases(
            List<String> luksKeys, @Nullable String gpgPassphrase) {

        SuppliedPassphrases {
            luksKeys = List.copyOf(luksKeys);
        }

        /** Without them. */
        @Override
        public String toString() {
            return "SuppliedPassphrases";
        }
    }

    /**
     * Reads them, standard input once at most.
     *
     * @throws ImageException DESCRIPTION when standard input is not what it must be; nothing of it is in the message
     */
    SuppliedPassphrases read(boolean standardInput) {
        SuppliedPassphrases known = supplied;
        if (known == null) {
            known = all(standardInput);
            supplied = known;
        }
        return known;
    }

    private SuppliedPassphrases all(boolean standardInput) {
        List<String> keys = new ArrayList<>();
        String variable = surroundings.environment().get(LUKS_VARIABLE);
        if (variable != null && !variable.isEmpty()) {
            keys.add(variable);
        }
        String passphrase = surroundings.environment().get(GPG_VARIABLE);
        if (standardInput) {
            JsonNode given = StandardInput.read(surroundings, "--secrets-stdin");
            given.path("luksKeys").forEach(key -> keys.add(key.asText()));
            if (given.path("gpgPassphrase").isTextual()) {
                passphrase = given.path("gpgPassphrase").asText();
            }
        }
        return new SuppliedPassphrases(keys, passphrase == null || passphrase.isEmpty() ? null : passphrase);
    }
}
