package io.imagewright.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import org.jspecify.annotations.Nullable;

/**
 * Whose signatures count.
 *
 * @param signedBy fingerprints, one of which a signature must be of; then a file without a signature is a finding, too. Empty to take each
 *     key that gpg knows.
 * @param keyring file of public keys, as {@code gpg --export} writes them, armoured or not; only these are known then. Null for those in the home.
 * @param home directory of gpg's keys; null for gpg's own choice
 */
public record Trust(
        List<String> signedBy,
        @Nullable Path keyring,
        @Nullable Path home) {

    /** Whatever gpg knows, and files need not be signed. */
    public static final Trust ANY = new Trust(List.of(), null, null);

    /**
     * Takes fingerprints as people write them: in any case, with blanks or {@code 0x}.
     *
     * @throws ImageException DESCRIPTION for what is no whole fingerprint, as shorter ids can be forged
     */
    public Trust {
        signedBy = signedBy.stream().map(Trust::fingerprint).toList();
    }

    /** Whether a file without a signature is a finding. */
    public boolean demandsSignatures() {
        return !signedBy.isEmpty();
    }

    private static String fingerprint(String written) {
        String plain = written.replaceAll("\\s", "").replaceFirst("^0[xX]", "").toUpperCase(Locale.ROOT);
        if (!plain.matches("[0-9A-F]{40}|[0-9A-F]{64}")) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    Message.of("Cannot use '", written, "' (", SettingName.SIGNED_BY, ")"),
                    Message.of("it is not the whole fingerprint of a key, which has 40 or 64 hexadecimal digits"),
                    Message.of("`gpg --list-keys --with-fingerprint` shows it."));
        }
        return plain;
    }
}
