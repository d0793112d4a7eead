package io.imagewright.maven;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.imagewright.ImageBuild;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.api.ImageBuildResult.Output;
import io.imagewright.api.PlannedFile;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;

/**
 * Makes finished files artifacts of the project, so that install and deploy take them along. The rule is maven-source-plugin's: the same
 * file again is nothing new, another one under the same coordinates an error.
 */
final class Attachments {

    private static final String MANIFEST = "image-manifest";
    private static final String SBOM = "sbom";

    /** Of the files that describe an image. */
    private static final String TYPE = "json";

    private final MavenProject project;
    private final MavenProjectHelper helper;
    private final MainArtifact main;

    Attachments(MavenProject project, MavenProjectHelper helper, MainArtifact main) {
        this.project = project;
        this.helper = helper;
        this.main = main;
    }

    /**
     * Finds out before any work whether all images of these builds can be attached.
     *
     * @throws ImageException DESCRIPTION naming both files that would get the same coordinates
     */
    void requireFree(Collection<ImageBuildRequest> requests) {
        Map<Coordinates, Path> planned = new LinkedHashMap<>();
        for (ImageBuildRequest request : requests) {
            List<PlannedFile> outputs = ImageBuild.planned(request);
            for (PlannedFile output : outputs) {
                Path file = absolute(request.outputDirectory().resolve(output.fileName()));
                Coordinates coordinates = new Coordinates(output.artifactType(), output.classifier());
                boolean first = output.equals(outputs.get(0))
                        && request.defaultClassifier().isEmpty();
                if (first && becomesMain(file)) {
                    requireNoClassifier(output, request.description().name());
                } else {
                    requireFree(coordinates, file);
                }
                Path other = planned.put(coordinates, file);
                if (other != null) {
                    throw taken(coordinates, file, other.toString());
                }
            }
        }
    }

    private void requireNoClassifier(PlannedFile output, String image) {
        if (!output.classifier().isEmpty()) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    "Format " + output.format() + " of image " + image + " has the classifier " + output.classifier(),
                    "it is the main artifact of a project of packaging " + MainArtifact.PACKAGING
                            + ", which has no classifier",
                    "Take the classifier away, or put a format without one first.");
        }
    }

    /**
     * What a repository will call the image files, the manifest and the bill of materials: {@code artifactId-version[-classifier].type}.
     *
     * @param named as for {@link #attach}
     * @param directory where the manifest with these names will be
     */
    Map<Path, String> names(ImageBuildResult result, boolean named, Path directory) {
        Map<Path, String> names = new LinkedHashMap<>();
        for (Output output : result.outputs()) {
            names.put(output.file(), fileName(new Coordinates(output.type(), output.classifier())));
        }
        Path future = directory.resolve(fileName(new Coordinates(TYPE, MANIFEST)));
        names.put(
                result.manifest(),
                fileName(describing(MANIFEST, List.of(result.manifest(), future), result.name(), named)));
        Path sbom = result.sbom();
        if (sbom != null) {
            names.put(sbom, fileName(describing(SBOM, List.of(sbom), result.name(), named)));
        }
        return names;
    }

    private String fileName(Coordinates coordinates) {
        return coordinates.fileName(project.getArtifactId(), project.getVersion());
    }

    /**
     * Attaches images, sidecars, manifest and bill of materials; in packaging {@value MainArtifact#PACKAGING} the first one becomes the main artifact.
     *
     * @param named whether names of images distinguish artifacts, so that the manifest's classifier must too
     */
    void attach(ImageBuildResult result, boolean named) {
        for (Output output : result.outputs()) {
            Path file = absolute(output.file());
            if (!named && output.equals(result.outputs().get(0)) && becomesMain(file)) {
                main.become(output.type(), file);
            } else {
                attach(new Coordinates(output.type(), output.classifier()), file);
            }
            attachSignature(result, output.file(), new Coordinates(output.type(), output.classifier()));
            for (Map.Entry<String, Path> sidecar : new TreeMap<>(output.sidecars()).entrySet()) {
                attach(new Coordinates(sidecar.getKey(), output.classifier()), absolute(sidecar.getValue()));
            }
        }
        attachDescribing(MANIFEST, result.manifest(), result, named);
        Path sbom = result.sbom();
        if (sbom != null) {
            attachDescribing(SBOM, sbom, result, named);
        }
    }

    private void attachDescribing(String classifier, Path file, ImageBuildResult result, boolean named) {
        Coordinates coordinates = describing(classifier, List.of(file), result.name(), named);
        attach(coordinates, absolute(file));
        attachSignature(result, file, coordinates);
    }

    /** Of a file that was signed; its type is the file's and one more word, as maven-gpg-plugin has it. */
    private void attachSignature(ImageBuildResult result, Path file, Coordinates coordinates) {
        Path signature = result.signatures().get(file);
        if (signature != null) {
            attach(new Coordinates(coordinates.type() + ".asc", coordinates.classifier()), absolute(signature));
        }
    }

    /**
     * Images of other executions of the goal have such files too; then names distinguish them.
     *
     * @param files where this image's may be
     */
    private Coordinates describing(String classifier, List<Path> files, String image, boolean named) {
        Coordinates plain = new Coordinates(TYPE, classifier);
        Optional<String> holder = holder(plain);
        boolean isFree = holder.isEmpty()
                || files.stream()
                        .anyMatch(file -> holder.get().equals(absolute(file).toString()));
        return isFree && !named ? plain : new Coordinates(TYPE, image + "-" + classifier);
    }

    /** Of several executions the first one makes the main artifact. */
    private boolean becomesMain(Path file) {
        return main.isImage()
                && main.file().filter(other -> !other.equals(file)).isEmpty();
    }

    private void attach(Coordinates coordinates, Path file) {
        requireFree(coordinates, file);
        if (holder(coordinates).isEmpty()) {
            helper.attachArtifact(project, coordinates.type(), coordinates.classifierOrNull(), file.toFile());
        }
    }

    private void requireFree(Coordinates coordinates, Path file) {
        holder(coordinates).filter(holder -> !holder.equals(file.toString())).ifPresent(holder -> {
            throw taken(coordinates, file, holder);
        });
    }

    /** The file that has these coordinates already, in words. */
    private Optional<String> holder(Coordinates coordinates) {
        for (Artifact attached : project.getAttachedArtifacts()) {
            if (coordinates.areOf(attached)) {
                return Optional.of(absolute(attached.getFile().toPath()).toString());
            }
        }
        Artifact artifact = project.getArtifact();
        boolean isSettled = artifact != null && (!main.isImage() || main.file().isPresent());
        return isSettled && coordinates.areOf(artifact)
                ? Optional.of(main.file().map(Path::toString).orElse("the project's main artifact"))
                : Optional.empty();
    }

    private ImageException taken(Coordinates coordinates, Path file, String holder) {
        return ImageException.of(
                Kind.DESCRIPTION,
                "Cannot attach " + file + " as " + project.getGroupId() + ":" + project.getArtifactId() + ":"
                        + coordinates,
                "these coordinates are those of " + holder,
                "Give one of the two formats a classifier of its own.");
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
