package io.imagewright.sbom;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.imagewright.contents.Contents;
import io.imagewright.guest.inspect.Facts;
import org.cyclonedx.Version;
import org.cyclonedx.exception.GeneratorException;
import org.cyclonedx.generators.json.BomJsonGenerator;

/** {@code <name>-<version>-sbom.json}: an image's bill of materials. Reproducible: the same image, the same bytes. */
public final class SbomFile {

    private SbomFile() {}

    /** {@code <name>-<version>-sbom.json}. */
    public static String fileName(String name, String version) {
        return name + "-" + version + "-sbom.json";
    }

    /**
     * Writes and syncs it, as CycloneDX 1.6.
     *
     * @param image whose materials it lists
     */
    public static void write(Path file, SbomImage image, Facts facts, Contents contents) throws IOException {
        Files.writeString(
                file,
                text(image, facts, contents),
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
    }

    static String text(SbomImage image, Facts facts, Contents contents) {
        try {
            return new BomJsonGenerator(new Materials(image, facts).of(contents.packages()), Version.VERSION_16)
                            .toJsonString()
                            .replace(System.lineSeparator(), "\n")
                    + "\n";
        } catch (GeneratorException bug) {
            throw new IllegalStateException("a bill of materials cannot be written", bug);
        }
    }
}
