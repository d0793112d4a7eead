package io.imagewright.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.imagewright.FinishedImage;
import io.imagewright.api.ImagePart;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/**
 * Images that a build attached and a Maven repository keeps, by their coordinates. The files are linked into one directory under the names
 * that the manifest has for them.
 */
final class RepositoryImages {

    private static final String MANIFEST = "image-manifest";
    private static final String SIGNATURE = ".asc";
    private static final String TYPE = "json";

    private final RepositorySystem system;
    private final RepositorySystemSession session;
    private final List<RemoteRepository> repositories;
    private final Path directory;

    private RepositoryImages(
            RepositorySystem system,
            RepositorySystemSession session,
            List<RemoteRepository> repositories,
            Path directory) {
        this.system = system;
        this.session = session;
        this.repositories = repositories;
        this.directory = directory;
    }

    /**
     * Images of the repositories of a project.
     *
     * @param directory where their files are linked, in a directory for each version of an artifact
     */
    static RepositoryImages of(RepositorySystem system, MavenSession session, MavenProject project, Path directory) {
        return new RepositoryImages(
                system, session.getRepositorySession(), project.getRemoteProjectRepositories(), directory);
    }

    /**
     * An image with its files at hand.
     *
     * @param main link to its manifest; to its file, when the image is one file alone
     */
    record Resolved(FinishedImage image, Path main) {}

    /**
     * Resolves an image.
     *
     * @param text {@code groupId:artifactId:version[:extension[:classifier]]}; with an extension the image is this file alone
     * @throws ImageException DESCRIPTION when the text is none, SOURCE when there is no such image
     */
    Resolved open(String text) {
        ImageCoordinates wanted = ImageCoordinates.parse(text);
        Path links = directory.resolve(wanted.groupId() + "." + wanted.artifactId() + "-" + wanted.version());
        for (String classifier : wanted.manifestClassifiers(MANIFEST)) {
            Coordinates coordinates = new Coordinates(TYPE, classifier);
            Optional<Path> file = resolve(wanted, coordinates);
            if (file.isEmpty()) {
                continue;
            }
            Path manifest = link(file.get(), links.resolve(wanted.fileName(coordinates)));
            Optional<FinishedImage> image = chosen(wanted, FinishedImage.open(manifest));
            if (image.isPresent()) {
                resolveSignature(wanted, coordinates, links);
                resolveParts(wanted, image.get(), links);
                Path main = wanted.extension().isEmpty()
                        ? manifest
                        : links.resolve(image.get().files().get(0));
                return new Resolved(image.get(), main);
            }
        }
        throw ImageException.of(
                Kind.SOURCE,
                "Cannot find the image " + text,
                "no repository has a manifest that names it (type json, classifier "
                        + String.join(" or ", wanted.manifestClassifiers(MANIFEST)) + "); asked: " + asked(),
                "Check the coordinates; an image whose name is part of its classifier needs extension and classifier.");
    }

    private String asked() {
        return repositories.isEmpty()
                ? "the local repository"
                : repositories.stream().map(RemoteRepository::getId).collect(Collectors.joining(", "));
    }

    /** The whole image, or the one file that is wanted; empty when the manifest is that of another image. */
    private static Optional<FinishedImage> chosen(ImageCoordinates wanted, FinishedImage image) {
        if (wanted.extension().isEmpty()) {
            return Optional.of(image);
        }
        String file = wanted.fileName(new Coordinates(wanted.extension(), wanted.classifier()));
        return image.files().contains(file) ? Optional.of(image.only(file)) : Optional.empty();
    }

    private void resolveParts(ImageCoordinates wanted, FinishedImage image, Path links) {
        List<String> missing = new ArrayList<>();
        for (ImagePart part : image.parts()) {
            Coordinates coordinates = wanted.coordinates(part.name(), part.classifier());
            if (!linked(wanted, coordinates, links) && part.name().equals(part.image())) {
                missing.add(part.name());
            }
            if (part.name().equals(part.image())) {
                resolveSignature(wanted, coordinates, links);
            }
        }
        image.sbom().ifPresent(name -> {
            Coordinates coordinates = new Coordinates(TYPE, wanted.classifierOf(name, TYPE));
            linked(wanted, coordinates, links);
            resolveSignature(wanted, coordinates, links);
        });
        if (!missing.isEmpty()) {
            throw ImageException.of(
                    Kind.SOURCE,
                    "Cannot get " + String.join(", ", missing),
                    "the manifest in the repository names them, but no repository has them; asked: " + asked(),
                    "Name one file that is there with image.artifact, or deploy the image again.");
        }
    }

    private void resolveSignature(ImageCoordinates wanted, Coordinates coordinates, Path links) {
        linked(wanted, new Coordinates(coordinates.type() + SIGNATURE, coordinates.classifier()), links);
    }

    private boolean linked(ImageCoordinates wanted, Coordinates coordinates, Path links) {
        Optional<Path> file = resolve(wanted, coordinates);
        file.ifPresent(found -> link(found, links.resolve(wanted.fileName(coordinates))));
        return file.isPresent();
    }

    private Optional<Path> resolve(ImageCoordinates wanted, Coordinates coordinates) {
        ArtifactRequest request = new ArtifactRequest(
                new DefaultArtifact(
                        wanted.groupId(),
                        wanted.artifactId(),
                        coordinates.classifier(),
                        coordinates.type(),
                        wanted.version()),
                repositories,
                null);
        try {
            return Optional.of(system.resolveArtifact(session, request)
                    .getArtifact()
                    .getFile()
                    .toPath()
                    .toAbsolutePath());
        } catch (ArtifactResolutionException failure) {
            if (failure.getResult() != null && failure.getResult().isMissing()) {
                return Optional.empty();
            }
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot get " + wanted.fileName(coordinates),
                    String.valueOf(failure.getMessage()),
                    "Check the network and the repositories of the project and of settings.xml.",
                    failure);
        }
    }

    private static Path link(Path file, Path link) {
        try {
            Files.createDirectories(link.getParent());
            Files.deleteIfExists(link);
            return Files.createSymbolicLink(link, file);
        } catch (IOException failure) {
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot link " + link + " to " + file,
                    FileFailure.reason(failure),
                    "Check that the output directory can be written.",
                    failure);
        }
    }
}
