package io.imagewright.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.imagewright.GuestDisk;
import io.imagewright.api.Credentials;
import io.imagewright.api.GpgKey;
import io.imagewright.api.Trust;

/** A key with a passphrase in a home of its own. Its path is short, as gpg-agent's sockets lie there (unix(7)). */
public final class TestKey implements AutoCloseable {

    public static final String PASSPHRASE = "open sesame, please";

    private final Path home;
    private final String fingerprint;

    /** Makes it. */
    public TestKey() throws IOException {
        home = Files.createTempDirectory(Path.of("/tmp"), "gpg");
        GuestDisk.shell(
                "gpg --homedir \"$1\" --batch --pinentry-mode loopback --passphrase \"$2\""
                        + " --quick-generate-key 'Test <test@example.org>' ed25519 sign never 2> /dev/null",
                home,
                PASSPHRASE);
        forget();
        fingerprint = GuestDisk.shell(
                        "gpg --homedir \"$1\" --batch --with-colons --list-keys 2> /dev/null | awk -F: '/^fpr/ {print $10; exit}'",
                        home)
                .strip();
    }

    /** The key, as a build takes it. */
    public GpgKey key() {
        return new GpgKey(fingerprint, home, Credentials.NONE.with(Credentials.GPG, PASSPHRASE));
    }

    /** Its whole fingerprint. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Where it lies. */
    public Path home() {
        return home;
    }

    /** Trusts no other. */
    public Trust trust() {
        return new Trust(List.of(fingerprint), null, home);
    }

    /** Ends the agent, which keeps the passphrase. */
    void forget() {
        GuestDisk.run("gpgconf", "--homedir", home.toString(), "--kill", "all");
    }

    @Override
    public void close() throws IOException {
        forget();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
