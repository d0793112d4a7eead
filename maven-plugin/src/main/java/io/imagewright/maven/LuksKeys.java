package io.imagewright.maven;

import io.imagewright.api.Credentials;
import io.imagewright.error.ImageException;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** Passphrases of LUKS containers, from where Maven keeps secrets. They are never a parameter: parameters end in logs. */
final class LuksKeys {

    /** Environment variable with a passphrase. */
    static final String VARIABLE = "IMAGEWRIGHT_LUKS_KEY";

    private LuksKeys() {}

    /**
     * All that are known.
     *
     * @param server id in the settings; null for none
     * @throws ImageException DESCRIPTION when the settings have no password for it
     */
    static Credentials of(@Nullable String server, Settings settings, SettingsDecrypter decrypter) {
        Credentials keys = Credentials.NONE.with(Credentials.LUKS, System.getenv(VARIABLE));
        return server == null ? keys : keys.with(Credentials.LUKS, password(server, settings, decrypter));
    }

    private static String password(String id, Settings settings, SettingsDecrypter decrypter) {
        return ServerPassword.of(id, settings, decrypter)
                .orElseThrow(() -> ImageException.of(
                        ImageException.Kind.DESCRIPTION,
                        "Cannot open LUKS containers (image.luksServer)",
                        "the settings have no server " + id + " with a password",
                        "Add <server><id>" + id + "</id><password>...</password></server> to settings.xml."));
    }
}
