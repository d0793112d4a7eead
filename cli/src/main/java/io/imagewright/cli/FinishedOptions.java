package io.imagewright.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.FinishedImage;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import picocli.CommandLine.Parameters;

/** Which finished images a command works on. */
final class FinishedOptions {

    @Parameters(
            paramLabel = "MANIFEST",
            arity = "1..*",
            description =
                    "The *image-manifest.json of a finished image; the image's files are beside it, under the names in the"
                            + " manifest or others.")
    private List<Path> manifests = new ArrayList<>();

    private final CommandEnvironment surroundings;

    FinishedOptions(CommandEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    List<FinishedImage> images() {
        manifests.forEach(manifest -> {
            if (!FinishedImage.isManifest(manifest)) {
                throw ImageException.of(
                        Kind.DESCRIPTION,
                        surroundings.vocabulary().option("MANIFEST"),
                        manifest + " is no manifest",
                        "Name the file that ends with image-manifest.json beside the image.");
            }
        });
        return manifests.stream().map(FinishedImage::open).toList();
    }
}
