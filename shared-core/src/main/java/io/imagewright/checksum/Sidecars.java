package io.imagewright.checksum;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The checksum files beside an image, in the format that {@code md5sum -c} and its kin read. */
public final class Sidecars {

    private Sidecars() {}

    /**
     * Writes {@code <file>.<word>sum} for each digest and syncs it. Each names the file without its directory, so that both can move together.
     *
     * @param digests hexadecimal digest by algorithm word
     * @return the files written, by their extension, for example {@code sha256sum}
     */
    public static Map<String, Path> write(Path file, Map<String, String> digests) throws IOException {
        String name = String.valueOf(file.getFileName());
        Map<String, Path> written = new LinkedHashMap<>();
        for (Map.Entry<String, String> digest : digests.entrySet()) {
            String extension = DigestAlgorithm.of(digest.getKey()).sidecarExtension();
            Path sidecar = file.resolveSibling(name + "." + extension);
            Files.writeString(
                    sidecar,
                    line(digest.getValue(), name),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            written.put(extension, sidecar);
        }
        return Collections.unmodifiableMap(written);
    }

    /**
     * One line: digest, two blanks, name, newline. A name with a backslash, newline or carriage return has them escaped, and the line starts
     * with a backslash (coreutils manual, "md5sum invocation").
     */
    static String line(String digest, String name) {
        String escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        return (escaped.equals(name) ? "" : "\\") + digest + "  " + escaped + "\n";
    }
}
