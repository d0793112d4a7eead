package io.imagewright.checksum;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;

/** The digests that {@code checksums:} may name. */
public enum DigestAlgorithm {
    /** 32 hexadecimal digits. */
    MD5("md5", "MD5"),
    /** 40 hexadecimal digits. */
    SHA1("sha1", "SHA-1"),
    /** 64 hexadecimal digits. */
    SHA256("sha256", "SHA-256"),
    /** 128 hexadecimal digits. */
    SHA512("sha512", "SHA-512");

    private final String word;
    private final String javaName;

    DigestAlgorithm(String word, String javaName) {
        this.word = word;
        this.javaName = javaName;
    }

    /** As users write it, for example {@code sha256}. */
    public String word() {
        return word;
    }

    /** Behind the image's file name and a dot, for example {@code sha256sum}, which is the program that checks it, too. */
    public String sidecarExtension() {
        return word + "sum";
    }

    /**
     * Finds an algorithm by its word, in any letter case.
     *
     * @throws ImageException DESCRIPTION, with the list of the known ones
     */
    public static DigestAlgorithm of(String word) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.word.equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> ImageException.of(
                        Kind.DESCRIPTION,
                        "Unknown checksum '" + word + "'",
                        "the known ones are "
                                + Arrays.stream(values())
                                        .map(DigestAlgorithm::word)
                                        .collect(Collectors.joining(", ")),
                        Message.of("Set ", SettingName.CHECKSUMS, " to one of them.")));
    }

    /** Each word's algorithm, in their order; a word that comes twice counts once. */
    public static List<DigestAlgorithm> of(List<String> words) {
        return words.stream().map(DigestAlgorithm::of).distinct().toList();
    }

    /**
     * A new computation, by OpenSSL where that is installed.
     *
     * @throws ImageException ENVIRONMENT when this Java leaves the algorithm out
     */
    public MessageDigest newDigest() {
        try {
            MessageDigest jdk = MessageDigest.getInstance(javaName);
            return OpenSslDigest.like(jdk).orElse(jdk);
        } catch (NoSuchAlgorithmException e) {
            // FIPS configurations leave MD5 out; all else is in every Java
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot compute the checksum " + word,
                    "this Java offers no " + javaName,
                    Message.of("Remove it from ", SettingName.CHECKSUMS, ", or use a Java that has it."),
                    e);
        }
    }
}
