package io.imagewright.maven;

import java.util.Optional;

import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** Secrets from where Maven keeps them. They are never a parameter: parameters end in logs. */
final class ServerPassword {

    private ServerPassword() {}

    /** The password of the server with this id, decrypted. */
    static Optional<String> of(String id, Settings settings, SettingsDecrypter decrypter) {
        Server server = settings.getServer(id);
        return Optional.ofNullable(server)
                .map(known -> decrypter
                        .decrypt(new DefaultSettingsDecryptionRequest(known))
                        .getServer())
                .map(Server::getPassword);
    }
}
