package io.imagewright.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.imagewright.ImageComparison;
import io.imagewright.diff.Difference;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.spec.ImageDescription.EngineChoice;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Tells what changed from one image to another: packages, files by count and size, facts and properties. <code>mvn
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
        Path before = place.resolve(required(oldImage, "image.diff.old"));
        Path after = place.resolve(required(newImage, "image.diff.new"));
        DiffOutput output = new DiffOutput(
                getLog(),
                DiffOutput.formats(format),
                Optional.ofNullable(outputFile).map(File::toPath),
                place.resolve(outputDirectory));
        ImageComparison.Request request = new ImageComparison.Request(before, after, engine(), workParent(), worker());
        Difference difference;
        try (MavenProgress progress = MavenProgress.open("diff", getLog(), consoleStyle(), null)) {
            difference = ImageComparison.run(request, progress);
        }
        output.write(difference, before, after);
    }

    private static File required(@Nullable File image, String property) {
        if (image == null) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    "Cannot compare images",
                    property + " is not set",
                    "Name a disk image file, or the manifest of a finished image, with -D" + property + ".");
        }
        return image;
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
