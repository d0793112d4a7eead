package io.imagewright.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.FinishedImage;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.manifest.ManifestFile;
import picocli.CommandLine.Parameters;

/** Which finished images a command works on. */
final class FinishedOptions {

    @Parameters(
            paramLabel = "MANIFEST",
            arity = "1..*",
            description = "The *.image-manifest.json of a finished image, whose files lie beside it.")
    private List<Path> manifests = new ArrayList<>();

    List<FinishedImage> images() {
        manifests.forEach(manifest -> {
            if (!String.valueOf(manifest.getFileName()).endsWith(ManifestFile.EXTENSION)) {
                throw ImageException.of(
                        Kind.DESCRIPTION,
                        "MANIFEST",
                        manifest + " is no manifest",
                        "Name the file that ends with " + ManifestFile.EXTENSION + " beside the image.");
            }
        });
        return manifests.stream().map(FinishedImage::open).toList();
    }
}
