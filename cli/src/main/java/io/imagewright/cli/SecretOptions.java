package io.imagewright.cli;

import io.imagewright.api.Credentials;
import picocli.CommandLine.Option;

/** Where passphrases come from. */
final class SecretOptions {

    private final PassphraseInput secrets;

    @Option(
            names = "--secrets-stdin",
            description =
                    "Reads passphrases from standard input: one JSON object, {\"luksKeys\": [...], \"gpgPassphrase\": \"...\"}."
                            + " IMAGEWRIGHT_LUKS_KEY and MAVEN_GPG_PASSPHRASE in the environment count, too.")
    private boolean secretsStdin;

    SecretOptions(CommandEnvironment surroundings) {
        this.secrets = new PassphraseInput(surroundings);
    }

    /** Those of the environment, and of standard input where the user says so. */
    Credentials read() {
        return secrets.read(secretsStdin);
    }
}
