package io.imagewright.maven;

import java.util.List;

import io.imagewright.api.Credentials;
import io.imagewright.error.ImageException;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class LuksKeysTest {

    /** Takes a password in braces for an encrypted one. */
    private static final SettingsDecrypter DECRYPTER = request -> new SettingsDecryptionResult() {
        @Override
        public Server getServer() {
            Server plain = request.getServers().get(0).clone();
            plain.setPassword(plain.getPassword().replaceAll("[{}]", ""));
            return plain;
        }

        @Override
        public List<Server> getServers() {
            return List.of(getServer());
        }

        @Override
        public org.apache.maven.settings.Proxy getProxy() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<org.apache.maven.settings.Proxy> getProxies() {
            return List.of();
        }

        @Override
        public List<SettingsProblem> getProblems() {
            return List.of();
        }
    };

    private static Settings settings() {
        Server server = new Server();
        server.setId("disk");
        server.setPassword("{open sesame}");
        Settings settings = new Settings();
        settings.addServer(server);
        return settings;
    }

    @Test
    public void noServer_noKey() {
        assertEquals(List.of(), LuksKeys.of(null, settings(), DECRYPTER).all(Credentials.LUKS));
    }

    @Test
    public void thePasswordOfAServer_decrypted() {
        assertEquals(
                List.of("open sesame"),
                LuksKeys.of("disk", settings(), DECRYPTER).all(Credentials.LUKS));
    }

    @Test
    public void aServerThatIsNotThere_isRefusedByName() {
        ImageException failure = assertThrows(ImageException.class, () -> LuksKeys.of("disc", settings(), DECRYPTER));
        assertTrue(failure.getMessage(), failure.getMessage().contains("no server disc with a password"));
    }
}
