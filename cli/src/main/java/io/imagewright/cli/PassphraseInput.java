package io.imagewright.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.imagewright.api.Credentials;
import io.imagewright.error.ImageException;
import org.jspecify.annotations.Nullable;

/** Passphrases, from the environment and from standard input. They are never options: a command line is seen by everybody on the machine. */
final class PassphraseInput {

    static final String LUKS_VARIABLE = "IMAGEWRIGHT_LUKS_KEY";

    /** As maven-gpg-plugin has it. */
    static final String GPG_VARIABLE = "MAVEN_GPG_PASSPHRASE";

    private final CommandEnvironment surroundings;
    private @Nullable Credentials supplied;

    PassphraseInput(CommandEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * Reads them, standard input once at most.
     *
     * @throws ImageException DESCRIPTION when standard input is not what it must be; nothing of it is in the message
     */
    Credentials read(boolean standardInput) {
        Credentials known = supplied;
        if (known == null) {
            known = all(standardInput);
            supplied = known;
        }
        return known;
    }

    private Credentials all(boolean standardInput) {
        Credentials ofEnvironment = Credentials.NONE
                .with(Credentials.LUKS, surroundings.environment().get(LUKS_VARIABLE))
                .with(Credentials.GPG, surroundings.environment().get(GPG_VARIABLE));
        return standardInput
                ? ofEnvironment.and(given(StandardInput.read(surroundings, "--secrets-stdin")))
                : ofEnvironment;
    }

    private static Credentials given(JsonNode input) {
        Credentials given = Credentials.NONE;
        for (JsonNode key : input.path("luksKeys")) {
            given = given.with(Credentials.LUKS, key.asText());
        }
        return given.with(Credentials.GPG, input.path("gpgPassphrase").textValue());
    }
}
