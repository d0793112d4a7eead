package io.imagewright.manifest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** Reads and writes manifests. */
public final class ManifestFile {

    /** What a manifest's name ends with. */
    public static final String EXTENSION = ".image-manifest.json";

    /** What its name ends with in a Maven repository, where the classifier is {@code image-manifest}. */
    private static final String REPOSITORY_EXTENSION = "-image-manifest.json";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,254}");

    /** Far above any real one: some hundred bytes for each operation, partition and artifact. */
    private static final int LARGEST = 4 << 20;

    private ManifestFile() {}

    /** {@code <name>-<version>.image-manifest.json}. */
    public static String fileName(String name, String version) {
        return name + "-" + version + EXTENSION;
    }

    /** Whether a name that a manifest, or a store, holds is one in its own directory: nothing hidden, nothing that an option or a URL begins with. */
    public static boolean isPlainName(String name) {
        return PLAIN.matcher(name).matches();
    }

    /** Whether a file is a manifest by its name, as a build or a Maven repository gives it. */
    public static boolean isNamedSo(Path file) {
        return baseName(file).isPresent();
    }

    /** What such a name begins with, usually {@code <name>-<version>}; empty for names of other files. */
    public static Optional<String> baseName(Path file) {
        String name = String.valueOf(file.getFileName());
        return Stream.of(EXTENSION, REPOSITORY_EXTENSION)
                .filter(name::endsWith)
                .map(extension -> name.substring(0, name.length() - extension.length()))
                .findFirst();
    }

    /** Writes and syncs it: the same manifest, the same bytes. */
    public static void write(Path file, ImageManifest manifest) throws IOException {
        Json.write(file, Json.pretty(manifest));
    }

    /**
     * Reads one that anybody may have written. Unknown fields are ignored.
     *
     * @throws ImageException SOURCE when it is no manifest, UNSUPPORTED when it is one of another schema
     */
    public static ImageManifest read(Path file) throws IOException {
        return of(file, Json.read(file, LARGEST, reason -> bad(file, reason)));
    }

    /**
     * The same of a text.
     *
     * @param where what messages call it
     */
    public static ImageManifest parse(String where, String text) {
        Path name = Path.of(where);
        return of(name, Json.parse(text, LARGEST, reason -> bad(name, reason)));
    }

    private static ImageManifest of(Path file, JsonNode tree) {
        String schema = tree.path("schema").asText();
        if (!schema.equals(ImageManifest.SCHEMA)) {
            throw schema.startsWith("image-manifest/") ? otherSchema(file, schema) : bad(file, "it has no schema");
        }
        return Json.as(ImageManifest.class, tree, reason -> bad(file, reason));
    }

    private static ImageException bad(Path file, String reason) {
        return ImageException.of(
                Kind.SOURCE, "Cannot read the manifest " + file, reason, "Build or download the image again.");
    }

    private static ImageException otherSchema(Path file, String schema) {
        return ImageException.of(
                Kind.UNSUPPORTED,
                "Cannot read the manifest " + file,
                "its schema is " + schema + ", this version reads " + ImageManifest.SCHEMA,
                "Use the version of Imagewright that wrote it, or a newer one.");
    }
}
