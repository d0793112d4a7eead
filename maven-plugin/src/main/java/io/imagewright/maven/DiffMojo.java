package io.imagewright.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.inject.Inject;

import io.imagewright.FinishedImage;
import io.imagewright.ImageComparison;
import io.imagewright.api.ImageDifference;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.spec.ImageDescription.EngineChoice;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Lists what changed from one image to another: packages, files by count and size, facts and properties. <code>mvn
 * io.imagewright:image-maven-plugin:diff -Dimage.diff.old=web-1.0.qcow2 -Dimage.diff.new=web-1.1.qcow2</code>. Changes nothing.
 *
 * @since 0.1.0
 */
@Mojo(name = "diff", requiresProject = false, threadSafe = true)
public final class DiffMojo extends GuestMojo {

    /**
     * The old image: a disk image file, or the manifest (<code>*.image-manifest.json</code>) of a finished image with its files beside it, of which the
     * first that holds a disk in a readable format is looked at.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.diff.old")
    private @Nullable File oldImage;

    /**
     * The new image, in the same way.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.diff.new")
    private @Nullable File newImage;

    /**
     * Images of a repository: the old one, and behind a comma the new one, unless <code>image.diff.old</code> and <code>image.diff.new</code> name
     * them; <code>groupId:artifactId:version:extension[:classifier]</code>. Without a new one, the new image is the one that the project has built.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.artifact")
    private @Nullable String artifact;

    @Inject
    private RepositorySystem repositories;

    /**
     * What is written, separated by commas: <code>text</code> to the log, <code>json</code> and <code>html</code> to
     * <code>&lt;old&gt;-to-&lt;new&gt;.diff.json</code> and <code>.diff.html</code> in the output directory.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.diff.format", defaultValue = "text")
    private String format;

    /**
     * File for the result, when there is one format.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.outputFile")
    private @Nullable File outputFile;

    /**
     * Directory that results go to.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.outputDirectory", defaultValue = "${project.build.directory}/image")
    private File outputDirectory;

    /**
     * What looks at the guests: <code>auto</code>, <code>direct</code> or <code>libguestfs</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.engine", defaultValue = "auto")
    private String engine;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        Optional<String> skipping = skipping();
        if (skipping.isPresent()) {
            getLog().info("Skipping, as " + skipping.get() + " is set");
            return;
        }
        try {
            checkProperties(session().getUserProperties().stringPropertyNames());
            compare();
        } catch (ImageException e) {
            MojoErrors.rethrow(e);
        }
    }

    private void compare() {
        ProjectPlace place = place();
        List<Path> resolved = resolved(place.resolve(outputDirectory));
        Path before = oldImage != null
                ? place.resolve(oldImage)
                : resolved.stream().findFirst().orElseThrow(() -> notSet("image.diff.old"));
        Path after = newImage != null
                ? place.resolve(newImage)
                : resolved.stream().skip(1).findFirst().orElseGet(() -> built(place.resolve(outputDirectory)));
        DiffOutput output = new DiffOutput(
                getLog(),
                DiffOutput.formats(format),
                Optional.ofNullable(outputFile).map(File::toPath),
                place.resolve(outputDirectory));
        ImageComparison.Request request = new ImageComparison.Request(before, after, engine(), workParent(), worker());
        ImageDifference difference;
        try (MavenProgress progress = MavenProgress.open("diff", getLog(), consoleStyle(), null)) {
            difference = ImageComparison.run(request, progress);
        }
        output.write(difference, before, after);
    }

    /** The images that are named by coordinates: their files, or manifests. */
    private List<Path> resolved(Path directory) {
        List<String> coordinates = AbstractImageMojo.words(artifact);
        if (coordinates.size() > 2) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    "image.artifact",
                    "expected the old image and the new one, found " + coordinates.size(),
                    "");
        }
        RepositoryImages images =
                RepositoryImages.of(repositories, session(), project(), directory.resolve("resolved"));
        return coordinates.stream().map(image -> images.open(image).main()).toList();
    }

    /** The manifest of the only image that the project has built, to compare it with one that was released. */
    private Path built(Path directory) {
        if (artifact == null || !Files.isDirectory(directory)) {
            throw notSet("image.diff.new");
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> manifests =
                    files.filter(FinishedImage::isManifest).sorted().toList();
            if (manifests.size() == 1) {
                return manifests.get(0);
            }
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    "Cannot compare images",
                    manifests.size() + " finished images are in " + directory,
                    "Name the new one with -Dimage.diff.new.");
        } catch (IOException failure) {
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot read the directory " + directory,
                    FileFailure.reason(failure),
                    "Check its permissions.",
                    failure);
        }
    }

    private static ImageException notSet(String property) {
        return ImageException.of(
                Kind.DESCRIPTION,
                "Cannot compare images",
                property + " is not set",
                "Name a disk image file, or the manifest of a finished image, with -D" + property
                        + ", or an image of a repository with -Dimage.artifact.");
    }

    private EngineChoice engine() {
        for (EngineChoice choice : List.of(EngineChoice.values())) {
            if (choice.name().toLowerCase(Locale.ROOT).equals(engine)) {
                return choice;
            }
        }
        throw ImageException.of(
                Kind.DESCRIPTION, "image.engine", "expected auto, direct or libguestfs, found '" + engine + "'", "");
    }
}
