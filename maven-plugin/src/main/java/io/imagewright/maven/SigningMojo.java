package io.imagewright.maven;

import java.io.File;
import java.util.Optional;

import io.imagewright.api.Credentials;
import io.imagewright.api.GpgKey;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal that may sign what it writes. */
abstract class SigningMojo extends AbstractImageMojo {

    /** As maven-gpg-plugin has them. */
    private static final String VARIABLE = "MAVEN_GPG_PASSPHRASE";

    private static final String DEFAULT_SERVER = "gpg.passphrase";

    /**
     * <code>gpg</code> to write a detached signature beside each image and manifest, <code>&lt;file&gt;.asc</code>, with the program gpg. Not together
     * with maven-gpg-plugin, which signs what is attached itself.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.sign", defaultValue = "none")
    private String sign;

    /**
     * The key that signs, as gpg's <code>--local-user</code> takes it: fingerprint, id or user id. Without it, gpg's default key.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.gpgKeyname")
    private @Nullable String gpgKeyname;

    /**
     * Directory of the keys; without it, gpg's own choice.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.gpgHomedir")
    private @Nullable File gpgHomedir;

    /**
     * Id of a server in <code>settings.xml</code> whose password, encrypted as Maven encrypts passwords or not, is the passphrase of the key. The
     * environment variable <code>MAVEN_GPG_PASSPHRASE</code> goes over it. With neither, the key must have none, or gpg's agent must know it.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.gpgServer", defaultValue = DEFAULT_SERVER)
    private String gpgServer;

    /** The key to sign with; null when nothing is to be signed. */
    final @Nullable GpgKey key() {
        return switch (sign) {
            case "none" -> null;
            case "gpg" ->
                new GpgKey(gpgKeyname, resolve(gpgHomedir), Credentials.NONE.with(Credentials.GPG, passphrase()));
            default ->
                throw ImageException.of(
                        Kind.DESCRIPTION, "image.sign", "expected gpg or none, found '" + sign + "'", "");
        };
    }

    private @Nullable String passphrase() {
        String variable = System.getenv(VARIABLE);
        if (variable != null && !variable.isEmpty()) {
            return variable;
        }
        Optional<String> password = serverPassword(gpgServer);
        if (password.isEmpty() && !gpgServer.equals(DEFAULT_SERVER)) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    "Cannot sign (image.gpgServer)",
                    "the settings have no server " + gpgServer + " with a password",
                    "Add <server><id>" + gpgServer + "</id><password>...</password></server> to settings.xml.");
        }
        return password.orElse(null);
    }
}
