package io.imagewright.job;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.sysprep.Operation;

/**
 * Users' own operations: what they do has a say in the bytes of an image, and has no version that could be trusted, as people change a snapshot and
 * build again. So the jar (or directory of classes) that each comes from is digested, a few milliseconds for a small one.
 */
final class OwnOperations {

    private OwnOperations() {}

    /** SHA-256 of where they come from by name of the class; nothing for operations of this tool. */
    static SortedMap<String, String> origins(Collection<Operation> operations) {
        Optional<URI> own = origin(Operation.class);
        Map<URI, String> digests = new HashMap<>();
        SortedMap<String, String> origins = new TreeMap<>();
        for (Operation operation : operations) {
            Optional<URI> origin = origin(operation.getClass()).filter(place -> !own.equals(Optional.of(place)));
            origin.ifPresent(place ->
                    origins.put(operation.getClass().getName(), digests.computeIfAbsent(place, OwnOperations::digest)));
        }
        return origins;
    }

    private static Optional<URI> origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return source == null || source.getLocation() == null
                    ? Optional.empty()
                    : Optional.of(source.getLocation().toURI());
        } catch (URISyntaxException odd) {
            return Optional.empty();
        }
    }

    private static String digest(URI origin) {
        Path place = Path.of(origin);
        try (Stream<Path> walk = Files.walk(place)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                if (!file.equals(place)) { // a jar is its bytes; of a directory the names count too
                    String name = place.relativize(file) + " " + Files.size(file) + "\n";
                    digest.update(name.getBytes(StandardCharsets.UTF_8));
                }
                digest.update(Files.readAllBytes(file));
            }
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (IOException unreadable) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Cannot read " + place + ", which holds sysprep operations",
                    FileFailure.reason(unreadable),
                    "Check the class path.",
                    unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
