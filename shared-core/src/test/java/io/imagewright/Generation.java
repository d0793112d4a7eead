package io.imagewright;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.junit.Assert.assertEquals;

/** What lies in an output directory. */
final class Generation {

    private static final String UNFINISHED = ".imagewright-";

    private Generation() {}

    /** SHA-256 of each file by its name, but for what is hidden in work directories. */
    static Map<String, String> of(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path file : entries.toList()) {
                if (!file.getFileName().toString().startsWith(UNFINISHED)) {
                    files.put(file.getFileName().toString(), sha256(file));
                }
            }
        }
        return files;
    }

    /** How many work directories there are. */
    static long unfinished(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(UNFINISHED))
                    .count();
        }
    }

    /** Requires of each manifest that is there that its files are there and are those that it means. */
    static void assertNotMixed(Path directory) throws IOException {
        Map<String, String> files = of(directory);
        for (String name : files.keySet()) {
            if (name.endsWith(".image-manifest.json")) {
                JsonNode manifest = new ObjectMapper().readTree(Files.readAllBytes(directory.resolve(name)));
                for (JsonNode artifact : manifest.get("artifacts")) {
                    String file = artifact.get("file").asText();
                    assertEquals(file, artifact.get("sha256").asText(), files.get(file));
                    assertEquals(
                            artifact.get("sha256").asText() + "  " + file + "\n",
                            Files.readString(directory.resolve(file + ".sha256sum")));
                }
            }
        }
    }

    /** Copies the files of one directory into another, which is made. */
    static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : of(from).keySet()) {
            Files.copy(from.resolve(name), to.resolve(name));
        }
        return to;
    }

    private static String sha256(Path file) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return String.format("%064x", new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
