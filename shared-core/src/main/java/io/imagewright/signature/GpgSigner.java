package io.imagewright.signature;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.imagewright.api.GpgKey;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;

/** Makes detached, armoured signatures. */
public final class GpgSigner {

    /** What a signature's name has behind that of its file. */
    public static final String EXTENSION = "asc";

    /** GPG_ERR_BAD_PASSPHRASE, GPG_ERR_NO_SECKEY, GPG_ERR_NO_PIN_ENTRY. */
    private static final int BAD_PASSPHRASE = 11;

    private static final int NO_SECRET_KEY = 17;
    private static final int NO_PINENTRY = 85;

    private final GpgKey key;

    /** Signs with this key. */
    public GpgSigner(GpgKey key) {
        this.key = key;
    }

    /** The signature's place: beside the file. */
    public static Path signatureOf(Path file) {
        return file.resolveSibling(file.getFileName() + "." + EXTENSION);
    }

    /**
     * Signs nothing, so that a key that cannot be used is reported before the work and not after it.
     *
     * @param directory for a moment's file
     * @throws ImageException as {@link #sign}
     */
    public void rehearse(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "sign", "");
        try {
            sign(file, "Cannot sign images");
        } finally {
            Files.deleteIfExists(signatureOf(file));
            Files.delete(file);
        }
    }

    /**
     * Writes and syncs the signature of a file beside it.
     *
     * @return the signature's file
     * @throws ImageException ENVIRONMENT when gpg is not installed, has no such secret key, or the passphrase is wrong; CANCELLED when the thread
     *     is interrupted
     */
    public Path sign(Path file) throws IOException {
        return sign(file, "Cannot sign " + file.getFileName());
    }

    /** @param what begins the message of a failure: names of a moment's file say nothing to a user */
    private Path sign(Path file, String what) throws IOException {
        Path signature = signatureOf(file);
        List<String> arguments = new ArrayList<>();
        String input = "";
        Optional<String> passphrase = key.passphrase();
        if (passphrase.isEmpty()) {
            // nobody is there to be asked; what the agent knows already counts
            arguments.addAll(List.of("--pinentry-mode", "error"));
        } else {
            arguments.addAll(List.of("--pinentry-mode", "loopback", "--passphrase-fd", "0"));
            input = passphrase.get() + "\n";
        }
        if (key.name() != null) {
            arguments.addAll(List.of("--local-user", key.name()));
        }
        arguments.addAll(List.of("--armor", "--yes", "--output", signature.toString(), "--detach-sign", "--"));
        arguments.add(file.toString());
        Gpg.Outcome outcome = new Gpg(key.home()).run(arguments, input, Files.size(file));
        if (outcome.exitCode() != 0 || outcome.first("SIG_CREATED").isEmpty()) {
            Files.deleteIfExists(signature);
            throw failure(what, outcome);
        }
        try (FileChannel channel = FileChannel.open(signature, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return signature;
    }

    private ImageException failure(String what, Gpg.Outcome outcome) {
        String who = key.name() == null ? "gpg's default key" : "the key " + key.name();
        return switch (outcome.failure()) {
            case NO_SECRET_KEY ->
                failure(
                        what,
                        key.name() == null
                                ? "gpg has no secret key"
                                : "gpg has no secret key that can sign for " + key.name(),
                        Message.of(
                                "Name the key with ",
                                SettingName.GPG_KEYNAME,
                                " and its directory with ",
                                SettingName.GPG_HOMEDIR,
                                "; `gpg --list-secret-keys` lists the keys."));
            case BAD_PASSPHRASE ->
                failure(
                        what,
                        "the passphrase of " + who + " is wrong",
                        Message.of("Correct it in ", SettingName.GPG_PASSPHRASE, "."));
            case NO_PINENTRY ->
                failure(
                        what,
                        who + " has a passphrase, and none was given",
                        Message.of("Give it in ", SettingName.GPG_PASSPHRASE, "."));
            default ->
                failure(
                        what,
                        "gpg says: " + outcome.said(),
                        Message.of("Try `gpg --detach-sign` with the same key by hand."));
        };
    }

    private static ImageException failure(String what, String reason, Message next) {
        return ImageException.of(Kind.ENVIRONMENT, what, reason, next);
    }
}
