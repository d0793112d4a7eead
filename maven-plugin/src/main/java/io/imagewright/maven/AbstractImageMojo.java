package io.imagewright.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.Timestamps;
import io.imagewright.error.ErrorCollector;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.DescriptionLayers;
import io.imagewright.spec.DescriptionTree;
import io.imagewright.spec.ImageDescription;
import org.apache.maven.model.Scm;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/** What the goals that work on described images share: their parameters, and the way from parameters to requests of the core. */
abstract class AbstractImageMojo extends GuestMojo {

    /**
     * The images, each an <code>image</code> element that spells the image description in XML. An image goes over the one of the same
     * name in the directory of descriptions.
     *
     * @since 0.1.0
     */
    @Parameter
    private @Nullable PlexusConfiguration images;

    /**
     * Directory of description files, one image in each: <code>*.yaml</code>, <code>*.yml</code> or <code>*.json</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.descriptions", defaultValue = "${basedir}/src/main/image")
    private File descriptions;

    /**
     * Works on the images of these names only, separated by commas.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.filter")
    private @Nullable String filter;

    /**
     * Name of an image that has none of its own; base of all file names. Without it, the artifact's id, or outside of a project the base
     * name of the source.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.name")
    private @Nullable String name;

    /**
     * Version in the names of the files and in the manifest.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.version", defaultValue = "${project.version}")
    private String version;

    /**
     * Disk image file, also one compressed by gzip, xz, zstd or bzip2, OVA, or block device that images are made from. On the
     * command line it is enough to describe an image.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.source")
    private @Nullable String source;

    /**
     * Format of the source, for example <code>raw</code> or <code>qcow2</code>; probed when not given. Set it for untrusted
     * sources.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.sourceFormat")
    private @Nullable String sourceFormat;

    /**
     * Further disks of the source's guest, in the guest's order, separated by commas.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.disks")
    private @Nullable String disks;

    /**
     * What works on the guest: <code>auto</code>, <code>direct</code> or <code>libguestfs</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.engine")
    private @Nullable String engine;

    /**
     * Whether the operations that are on by default run: <code>true</code> or <code>false</code>. Without them, those of
     * <code>image.enable</code> run alone.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.sysprep")
    private @Nullable String sysprep;

    /**
     * Operations to run beside those that run by default, separated by commas. A parameter of an operation is set with
     * <code>-Dimage.param.&lt;name&gt;=value</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.enable")
    private @Nullable String enable;

    /**
     * Operations not to run, separated by commas.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.disable")
    private @Nullable String disable;

    /**
     * Whether the disk is made small: <code>true</code> or <code>false</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.shrink")
    private @Nullable String shrink;

    /**
     * Virtual size of the output, for example <code>10GiB</code>; follows from the content when not given.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.size")
    private @Nullable String size;

    /**
     * Whether a damaged file system is repaired, on the working copy, instead of refused: <code>true</code> or <code>false</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.repair")
    private @Nullable String repair;

    /**
     * Whether a medium with no system, several, or one that the engine cannot serve is taken as it is, without sysprep and shrink, instead of
     * refused: <code>true</code> or <code>false</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.allowUnsupported")
    private @Nullable String allowUnsupported;

    /**
     * Whether a bill of materials (SBOM) of the packages inside is written beside each image, and attached with it: <code>true</code> or
     * <code>false</code>. It is CycloneDX JSON, its classifier <code>sbom</code>. Without it, it is written.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.sbom")
    private @Nullable String sbom;

    /**
     * Output formats, separated by commas, for example <code>qcow2</code>, <code>raw.zst</code>, <code>vmdk</code>, <code>ova</code>, <code>vhd</code>; of the guest's
     * files <code>tar.zst</code>, <code>squashfs</code>, <code>oci</code>. The page "Output formats" of the manual lists all of them.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.formats")
    private @Nullable String formats;

    /**
     * Digests to write sidecar files for, separated by commas, for example <code>sha256,md5</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.checksums")
    private @Nullable String checksums;

    /**
     * Directory that finished images go to.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.outputDirectory", defaultValue = "${project.build.directory}/image")
    private File outputDirectory;

    /**
     * Reads sources and builds images again, also those that are up to date, and overwrites files in their way that no build of theirs
     * made.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.force", defaultValue = "false")
    private boolean force;

    /**
     * The time of everything that this tool dates: ISO 8601 or seconds since 1970. Without it the variable <code>SOURCE_DATE_EPOCH</code>
     * counts.
     *
     * @since 0.1.0
     */
    @Parameter(defaultValue = "${project.build.outputTimestamp}", readonly = true)
    private @Nullable String outputTimestamp;

    /**
     * Program that is started for each image and receives the progress on its standard input, one JSON object per line: the Progress Monitoring
     * Interface of snf-image.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.progressMonitor")
    private @Nullable String progressMonitor;

    /**
     * Work of the goal on one image.
     *
     * @param named whether the image's name distinguishes its artifacts from those of other images
     */
    abstract void execute(ImageBuildRequest request, boolean named, ProgressListener listener);

    /** Called once before the first image, to refuse early what is wrong. */
    void begin() {}

    /** Called once with all images before the work on the first one, to refuse early what does not go together. */
    void check(Collection<ImageBuildRequest> requests) {}

    /** Called once after the last image. */
    void finish() {}

    /** Called instead of all else when the goal is switched off by this property. */
    void skip(String property) {
        getLog().info("Skipping, as " + property + " is set");
    }

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        Optional<String> skipping = skipping();
        if (skipping.isPresent()) {
            skip(skipping.get());
            return;
        }
        try {
            begin();
            work();
            finish();
        } catch (ImageException e) {
            MojoErrors.rethrow(e);
        }
    }

    /** Works on the described images, one after the other. */
    void work() {
        Collection<ImageBuildRequest> requests = requests().values();
        checked(requests);
        for (ImageBuildRequest request : requests) {
            withProgress(
                    request.description().name(),
                    progress -> execute(request, !request.defaultClassifier().isEmpty(), progress));
        }
    }

    /** A progress monitor hears of mistakes, too, as of the first image. */
    private void checked(Collection<ImageBuildRequest> requests) {
        try {
            check(requests);
        } catch (ImageException mistakes) {
            withProgress(requests.iterator().next().description().name(), progress -> {
                throw mistakes;
            });
        }
    }

    /** Shows the progress of the work on one image, and its failure. */
    final void withProgress(String image, Consumer<ProgressListener> work) {
        try (MavenProgress progress = MavenProgress.open(image, log(image), consoleStyle(), progressMonitor)) {
            progress.reportingFailure(() -> work.accept(progress));
        }
    }

    /** Directory that finished images, and what is found out about them, go to. */
    final Path results() {
        return place().resolve(outputDirectory);
    }

    /** What the core is asked to do, by the name of the image; every image is checked before work begins on the first one. */
    final Map<String, ImageBuildRequest> requests() {
        Map<String, String> properties = new TreeMap<>();
        session()
                .getUserProperties()
                .forEach((key, value) -> properties.put(String.valueOf(key), String.valueOf(value)));
        checkProperties(properties.keySet());
        ProjectPlace place = place();
        Map<String, DescriptionTree> described = DescribedImages.of(
                place.resolve(descriptions),
                place.base(),
                new MavenProperties(session(), execution()),
                images,
                pomParameters(properties),
                properties,
                name == null ? place.defaultImageName(source) : name);
        Set<String> chosen = DescriptionLayers.filter(described.keySet(), words(filter), "image.filter");
        Set<String> named = named(described.keySet());
        Map<String, ImageBuildRequest> requests = new LinkedHashMap<>();
        ErrorCollector errors = new ErrorCollector();
        described.forEach((image, tree) -> {
            if (chosen.contains(image)) {
                errors.get(() -> request(tree.describe(), place, named.contains(image)))
                        .ifPresent(request -> requests.put(image, request));
            } else {
                getLog().info("Skipping image " + image + ", as image.filter does not name it");
            }
        });
        errors.throwAny();
        return requests;
    }

    /** The images whose name is their classifier: all of several, but for the one that the project is about. */
    private Set<String> named(Set<String> images) {
        Set<String> named = new LinkedHashSet<>(images);
        if (images.size() == 1 || MainArtifact.isImage(project())) {
            named.remove(images.iterator().next());
        }
        return named;
    }

    private ImageBuildRequest request(ImageDescription image, ProjectPlace place, boolean named) {
        return ImageBuildRequest.builder(image, worker())
                .version(version)
                .baseDirectory(place.base())
                .outputDirectory(place.resolve(outputDirectory))
                .workDirectory(workParent())
                .timestamp(Timestamps.epochSeconds(
                        "project.build.outputTimestamp", outputTimestamp, System.getenv("SOURCE_DATE_EPOCH")))
                .defaultClassifier(named ? image.name() : "")
                .force(force)
                .project(place.coordinates()
                        .map(coordinates -> new ImageBuildRequest.Project(coordinates, scmUrl()))
                        .orElse(null))
                .build();
    }

    private @Nullable String scmUrl() {
        Scm scm = project().getScm();
        return scm == null
                ? null
                : Stream.of(scm.getUrl(), scm.getConnection())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    /** The plain parameters that the POM sets; Maven fills a field from either, the command line's are known by their properties. */
    final Map<String, String> pomParameters(Map<String, String> properties) {
        Map<String, @Nullable String> fields = new HashMap<>();
        fields.put("source", source);
        fields.put("sourceFormat", sourceFormat);
        fields.put("disks", disks);
        fields.put("engine", engine);
        fields.put("sysprep", sysprep);
        fields.put("enable", enable);
        fields.put("disable", disable);
        fields.put("shrink", shrink);
        fields.put("size", size);
        fields.put("repair", repair);
        fields.put("allowUnsupported", allowUnsupported);
        fields.put("sbom", sbom);
        fields.put("formats", formats);
        fields.put("checksums", checksums);
        Map<String, String> parameters = new TreeMap<>();
        fields.forEach((parameter, value) -> {
            if (value != null && !properties.containsKey(PropertyOverrides.PREFIX + parameter)) {
                parameters.put(parameter, value);
            }
        });
        project().getProperties().forEach((key, value) -> {
            String property = String.valueOf(key);
            if (property.startsWith(PropertyOverrides.PARAM_PREFIX) && !properties.containsKey(property)) {
                parameters.put(property.substring(PropertyOverrides.PREFIX.length()), String.valueOf(value));
            }
        });
        return parameters;
    }

    static List<String> words(@Nullable String list) {
        return list == null
                ? List.of()
                : Arrays.stream(list.split(",", -1))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList();
    }
}
