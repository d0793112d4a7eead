package io.imagewright.maven;

import java.util.ArrayList;
import java.util.List;

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
    static List<String> of(@Nullable String server, Settings settings, SettingsDecrypter decrypter) {
        List<String> keys = new ArrayList<>();
        String variable = System.getenv(VARIABLE);
        if (variable != null && !variable.isEmpty()) {
            keys.add(variable);
        }
        if (server != null) {
            keys.add(password(server, settings, decrypter));
        }
        return keys;
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
