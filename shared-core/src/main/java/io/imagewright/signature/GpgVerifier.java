package io.imagewright.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.imagewright.api.Trust;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;

/** Verifies files against their detached signatures. */
public final class GpgVerifier {

    /** Far above what a dozen signatures take. */
    private static final long LARGEST = 64 << 10;

    private final Trust trust;
    private final Gpg gpg;

    private GpgVerifier(Trust trust, Gpg gpg) {
        this.trust = trust;
        this.gpg = gpg;
    }

    /**
     * What a signature says.
     *
     * @param problem why it does not count, a part of a sentence; empty when it does
     * @param signers fingerprints of the keys of those signatures that count
     */
    public record Verdict(String problem, Set<String> signers) {

        /** Copies the set. */
        public Verdict {
            signers = Set.copyOf(signers);
        }
    }

    /**
     * One that knows these keys.
     *
     * @param workDirectory where a keyring is unpacked; nothing of it is used later
     * @throws ImageException DESCRIPTION when the keyring holds no keys; ENVIRONMENT when gpg is not installed
     */
    public static GpgVerifier of(Trust trust, Path workDirectory) throws IOException {
        Path keyring = trust.keyring();
        if (keyring == null) {
            return new GpgVerifier(trust, new Gpg(trust.home()));
        }
        Path home = Files.createTempDirectory(
                workDirectory,
                "keys",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Gpg gpg = new Gpg(home);
        Gpg.Outcome imported = gpg.run(
                List.of(
                        "--no-autostart",
                        "--import",
                        "--",
                        keyring.toAbsolutePath().toString()),
                "",
                0);
        if (imported.first("IMPORT_OK").isEmpty()) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    Message.of("Cannot use the public keys in ", keyring, " (", SettingName.KEYRING, ")"),
                    Message.of(Files.isRegularFile(keyring) ? "gpg finds no key in the file" : "there is no such file"),
                    Message.of("Write it with `gpg --armor --export <key>`."));
        }
        return new GpgVerifier(trust, gpg);
    }

    /** Checks a signature, which anybody may have written. */
    public Verdict verify(Path file, Path signature) throws IOException {
        if (Files.size(signature) > LARGEST) {
            return new Verdict("it is no signature, as it has " + Files.size(signature) + " bytes", Set.of());
        }
        // a name of its own may begin with anything; no key comes from the network
        List<String> arguments = List.of(
                "--no-autostart",
                "--no-auto-key-retrieve",
                "--disable-dirmngr",
                "--trust-model",
                "always",
                "--verify",
                "--",
                signature.toAbsolutePath().toString(),
                file.toAbsolutePath().toString());
        return judge(gpg.run(arguments, "", Files.size(file)));
    }

    private Verdict judge(Gpg.Outcome outcome) {
        Set<String> signers = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        boolean good = false;
        String problem = "gpg finds no signature in it";
        for (Gpg.Status line : outcome.status()) {
            switch (line.keyword()) {
                case "NEWSIG" -> good = false;
                case "GOODSIG" -> good = true;
                case "VALIDSIG" -> {
                    // of the key that signed, and at the end of the line of the key that it belongs to
                    String own = line.word(0);
                    String primary = line.word(line.words().size() - 1);
                    if (good && isAsked(own, primary)) {
                        signers.add(primary);
                    } else if (good) {
                        others.add(primary);
                    }
                }
                case "BADSIG" -> {
                    return new Verdict("it is the signature of other content", Set.of());
                }
                case "EXPSIG", "EXPKEYSIG" -> problem = "the signature or its key " + line.word(0) + " has expired";
                case "REVKEYSIG" -> problem = "its key " + line.word(0) + " is revoked";
                case "ERRSIG" ->
                    problem = "it is by the key " + line.word(0) + ", whose public part "
                            + (trust.keyring() == null ? "gpg does not have" : "is not in " + trust.keyring());
                case "PLAINTEXT" -> {
                    return new Verdict("it is no detached signature", Set.of());
                }
                default -> {}
            }
        }
        if (!signers.isEmpty()) {
            return new Verdict("", signers);
        }
        return new Verdict(
                others.isEmpty()
                        ? problem
                        : "it is by " + String.join(", ", others) + ", and not by a key that is required",
                Set.of());
    }

    private boolean isAsked(String own, String primary) {
        return trust.signedBy().isEmpty()
                || trust.signedBy().contains(own)
                || trust.signedBy().contains(primary);
    }
}
