package io.imagewright.cli;

import java.nio.file.Path;

import io.imagewright.api.GpgKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose signature files get. */
final class SigningOptions {

    /** Words for {@code --sign}. */
    enum Signature {
        none,
        gpg
    }

    @Option(
            names = "--sign",
            paramLabel = "HOW",
            defaultValue = "none",
            description = "gpg: writes a detached signature beside each image, manifest and bill of materials; none.")
    private Signature sign = Signature.none;

    @Option(
            names = "--gpg-keyname",
            paramLabel = "KEY",
            description = "The key that signs, as gpg's --local-user takes it; without it, gpg's default key.")
    private @Nullable String keyname;

    @Option(
            names = "--gpg-homedir",
            paramLabel = "DIR",
            description = "Directory of the keys; without it, gpg's own choice.")
    private @Nullable Path homedir;

    /** The key to sign with; null when nothing is to be signed. */
    @Nullable
    GpgKey key(SecretOptions secrets) {
        return sign == Signature.none ? null : new GpgKey(keyname, absolute(), secrets.read());
    }

    private @Nullable Path absolute() {
        return homedir == null ? null : homedir.toAbsolutePath();
    }
}
