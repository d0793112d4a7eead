package io.imagewright.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.checksum.DigestAlgorithm;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/** The digests in an OVA's manifest (DSP0243, 5.1), which it need not have. */
final class OvaDigests {

    private static final Pattern LINE =
            Pattern.compile("(MD5|SHA1|SHA256|SHA512)\\s*\\(\\s*(.+?)\\s*\\)\\s*=\\s*([0-9a-fA-F]+)\\s*");

    private OvaDigests() {}

    /** What the manifest notes of a file. */
    record Noted(DigestAlgorithm algorithm, String digest) {

        MessageDigest newDigest() {
            return algorithm.newDigest();
        }

        /** Requires a digest that has been fed with the file. */
        void require(MessageDigest computed, String file) throws IOException {
            String found = HexFormat.of().formatHex(computed.digest());
            if (!found.equals(digest)) {
                throw new IOException(
                        algorithm.word() + " of " + file + " is " + found + ", and its manifest notes " + digest);
            }
        }
    }

    /** By the names of the files. */
    static Map<String, Noted> read(TarFile tar) throws IOException {
        List<TarArchiveEntry> manifests = OvaMembers.ending(tar, ".mf");
        Map<String, Noted> noted = new HashMap<>();
        for (TarArchiveEntry manifest : manifests) {
            String text;
            try (InputStream in = OvaMembers.text(tar, manifest)) {
                text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            for (String line : text.split("\r?\n", -1)) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    noted.put(
                            matcher.group(2),
                            new Noted(
                                    DigestAlgorithm.of(matcher.group(1).toLowerCase(Locale.ROOT)),
                                    matcher.group(3).toLowerCase(Locale.ROOT)));
                } else if (!line.isBlank()) {
                    throw new IOException("its manifest has a line that is no digest");
                }
            }
        }
        return noted;
    }

    /** Requires these files of the archive. */
    static void require(TarFile tar, Map<String, Noted> files) throws IOException {
        for (Map.Entry<String, Noted> file : files.entrySet()) {
            MessageDigest computed = file.getValue().newDigest();
            try (InputStream in =
                    new DigestInputStream(tar.getInputStream(OvaMembers.get(tar, file.getKey())), computed)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            file.getValue().require(computed, file.getKey());
        }
    }
}
