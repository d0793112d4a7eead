package io.imagewright.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.imagewright.GuestDisk;
import io.imagewright.api.Credentials;
import io.imagewright.api.GpgKey;
import io.imagewright.api.Trust;
import io.imagewright.error.ImageException;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class GpgTest {

    private static TestKey mine;
    private static TestKey other;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path file = Path.of("unset");

    @BeforeClass
    public static void makeKeys() throws IOException {
        mine = new TestKey();
        other = new TestKey();
    }

    @AfterClass
    public static void endAgents() throws IOException {
        mine.close();
        other.close();
    }

    @Before
    public void writeFile() throws IOException {
        mine.forget();
        file = folder.getRoot().toPath().resolve("-o web 1.raw");
        Files.writeString(file, "an image");
    }

    private GpgVerifier.Verdict verify(Trust trust) throws IOException {
        return GpgVerifier.of(trust, folder.getRoot().toPath()).verify(file, GpgSigner.signatureOf(file));
    }

    private String refusal(GpgKey key) {
        ImageException failure = assertThrows(ImageException.class, () -> new GpgSigner(key).sign(file));
        assertFalse(Files.exists(GpgSigner.signatureOf(file)));
        assertEquals(ImageException.Kind.ENVIRONMENT, failure.kind());
        assertFalse(failure.getMessage(), failure.getMessage().contains(TestKey.PASSPHRASE));
        return String.valueOf(failure.getMessage());
    }

    @Test
    public void whatIsSigned_isGood_andArmoured() throws IOException {
        new GpgSigner(mine.key()).rehearse(folder.getRoot().toPath());
        assertEquals(1, folder.getRoot().list().length);
        Path signature = new GpgSigner(mine.key()).sign(file);
        assertTrue(Files.readString(signature).startsWith("-----BEGIN PGP SIGNATURE-----\n"));
        assertEquals(new GpgVerifier.Verdict("", Set.of(mine.fingerprint())), verify(mine.trust()));
        assertEquals("", verify(new Trust(List.of(), null, mine.home())).problem());
        // gpg on its own says so, too
        GuestDisk.run(
                "gpg",
                "--homedir",
                mine.home().toString(),
                "--batch",
                "--verify",
                signature.toString(),
                file.toString());
    }

    @Test
    public void aChangedFile_isFound() throws IOException {
        new GpgSigner(mine.key()).sign(file);
        Files.writeString(file, "another image");
        assertEquals(
                "it is the signature of other content", verify(mine.trust()).problem());
    }

    @Test
    public void theSignatureOfAnotherKey_doesNotCount() throws IOException {
        new GpgSigner(mine.key()).sign(file);
        Trust others = new Trust(List.of(other.fingerprint()), null, mine.home());
        assertEquals(
                "it is by " + mine.fingerprint() + ", and not by a key that is required",
                verify(others).problem());
        String unknown = verify(new Trust(List.of(), null, other.home())).problem();
        assertTrue(unknown, unknown.endsWith(", whose public part gpg does not have"));
    }

    @Test
    public void aKeyring_isAllThatCounts() throws IOException {
        new GpgSigner(mine.key()).sign(file);
        Path keyring = folder.getRoot().toPath().resolve("keys.asc");
        String export = "gpg --homedir \"$1\" --batch --armor --export > \"$2\" 2> /dev/null";
        GuestDisk.shell(export, mine.home(), keyring);
        assertEquals(
                Set.of(mine.fingerprint()),
                verify(new Trust(List.of(), keyring, null)).signers());
        GuestDisk.shell(export, other.home(), keyring);
        assertTrue(verify(new Trust(List.of(), keyring, mine.home())).signers().isEmpty());
        Files.writeString(keyring, "no keys");
        ImageException failure = assertThrows(ImageException.class, () -> verify(new Trust(List.of(), keyring, null)));
        assertTrue(failure.getMessage(), failure.getMessage().contains("verify.keyring"));
    }

    @Test
    public void whatIsNoDetachedSignature_isFound() throws IOException {
        Path signature = GpgSigner.signatureOf(file);
        for (String content :
                List.of("", "junk\n", "-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n")) {
            Files.writeString(signature, content);
            assertEquals(
                    content,
                    "gpg finds no signature in it",
                    verify(mine.trust()).problem());
        }
        Files.delete(signature);
        GuestDisk.shell(
                "echo \"$3\" | gpg --homedir \"$1\" --batch --pinentry-mode loopback --passphrase-fd 0 --armor"
                        + " --output \"$4\" --sign \"$2\" 2> /dev/null",
                mine.home(),
                file,
                TestKey.PASSPHRASE,
                signature);
        assertFalse(verify(mine.trust()).problem().isEmpty());
        Files.write(signature, new byte[100 << 10]);
        assertTrue(verify(mine.trust()).problem().startsWith("it is no signature, as it has"));
    }

    private static Credentials passphrase(String text) {
        return Credentials.NONE.with(Credentials.GPG, text);
    }

    @Test
    public void eachFailure_hasItsOwnWords() {
        String wrong = refusal(new GpgKey(mine.fingerprint(), mine.home(), passphrase("wrong")));
        assertTrue(wrong, wrong.contains("the passphrase of the key " + mine.fingerprint() + " is wrong"));
        String none = refusal(new GpgKey(null, mine.home(), Credentials.NONE));
        assertTrue(none, none.contains("gpg's default key has a passphrase, and none was given"));
        String nobody = refusal(new GpgKey("nobody@example.org", mine.home(), passphrase(TestKey.PASSPHRASE)));
        assertTrue(nobody, nobody.contains("gpg has no secret key that can sign for nobody@example.org"));
        ImageException home = assertThrows(
                ImageException.class,
                () -> new GpgSigner(new GpgKey(null, Path.of("/nowhere"), Credentials.NONE)).sign(file));
        assertTrue(home.getMessage(), home.getMessage().contains("gpg.homedir"));
        assertFalse(mine.key().toString().contains(TestKey.PASSPHRASE));
    }

    @Test
    public void onlyWholeFingerprints_areTaken() {
        assertThrows(ImageException.class, () -> new Trust(List.of("3858B443137E3D63"), null, null));
        assertEquals(
                List.of("8929C17C53E00B283ED2CE9B3858B443137E3D63"),
                new Trust(List.of("0x8929 c17c 53e0 0b28 3ed2 ce9b 3858 b443 137e 3d63"), null, null).signedBy());
    }
}
