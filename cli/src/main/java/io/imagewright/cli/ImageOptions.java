package io.imagewright.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.Timestamps;
import io.imagewright.error.ErrorCollector;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.spec.DescriptionLayers;
import io.imagewright.spec.DescriptionProperties;
import io.imagewright.spec.DescriptionReader;
import io.imagewright.spec.DescriptionShortcuts;
import io.imagewright.spec.DescriptionTree;
import io.imagewright.spec.Node;
import io.imagewright.spec.Origin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a command is to make of which disks: descriptions, and what the options say over them. */
final class ImageOptions {

    private static final String DESCRIPTION_FILES = ".*\\.(yaml|yml|json)";

    private final CommandEnvironment surroundings;
    private final CustomiseOptions customise = new CustomiseOptions();

    @Parameters(
            paramLabel = "SOURCE",
            arity = "1..*",
            description =
                    "A disk image file or block device; or files, or directories, of image descriptions (.yaml, .yml, .json).")
    private List<Path> sources = new ArrayList<>();

    @Option(
            names = {"-D", "--define"},
            paramLabel = "NAME=VALUE",
            description =
                    "Defines a property that descriptions refer to as $${NAME}; may be given several times. $${env.NAME} is a variable of the"
                            + " environment.")
    private Map<String, String> defined = new LinkedHashMap<>();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the image; without it, the base name of the description or the disk.")
    private @Nullable String name;

    @Option(
            names = "--image-version",
            paramLabel = "VERSION",
            defaultValue = "1",
            description = "Version in the names of the files and in the manifest. Without it: ${DEFAULT-VALUE}.")
    private String version = "1";

    @Option(
            names = "--filter",
            paramLabel = "NAME",
            split = ",",
            description = "Works on the images of these names only.")
    private List<String> filter = new ArrayList<>();

    @Option(
            names = "--source-format",
            paramLabel = "FORMAT",
            description = "Format of the source, for example raw, qcow2, raw.xz or ova; probed when not given.")
    private @Nullable String sourceFormat;

    @Option(
            names = "--disk",
            paramLabel = "FILE",
            description = "A further disk of the same guest, in the guest's order; may be given several times.")
    private List<String> disks = new ArrayList<>();

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "What works on the guest: auto, direct or libguestfs.")
    private @Nullable String engine;

    @Option(
            names = {"--enable", "--enable-sysprep"},
            paramLabel = "OPERATION",
            split = ",",
            description = "Operations to run in addition to the default ones; overrides --disable.")
    private List<String> enable = new ArrayList<>();

    @Option(
            names = {"--disable", "--disable-sysprep"},
            paramLabel = "OPERATION",
            split = ",",
            description = "Operations not to run.")
    private List<String> disable = new ArrayList<>();

    @Option(
            names = "--no-sysprep",
            description = "Runs no operation but those of --enable, and does not shrink the disk.")
    private boolean noSysprep;

    @Option(
            names = {"--param", "--sysprep-param"},
            paramLabel = "NAME=VALUE",
            description = "Sets a parameter of an operation.")
    private Map<String, String> params = new LinkedHashMap<>();

    @Option(
            names = {"-m", "--property", "--metadata"},
            paramLabel = "KEY=VALUE",
            description = "Sets a property of the image; overrides what is found.")
    private Map<String, String> imageProperties = new LinkedHashMap<>();

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "Sets a label of your own in the manifest.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--host-run",
            paramLabel = "SCRIPT",
            description =
                    "Script of this machine that runs where the guest is mounted; may be given several times. Needs the engine libguestfs.")
    private List<String> hostRun = new ArrayList<>();

    @Option(
            names = "--install-virtio",
            paramLabel = "DIR",
            description = "Directory with drivers of VirtIO for a Windows guest.")
    private @Nullable String installVirtio;

    @Option(
            names = "--shrink",
            negatable = true,
            arity = "0",
            description = "Whether the disk is made small; it is, without this.")
    private @Nullable Boolean shrink;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description = "Virtual size of the output, for example 10GiB; follows from the content when not given.")
    private @Nullable String size;

    @Option(
            names = "--repair",
            description = "Repairs a damaged file system, on the working copy, instead of refusing it.")
    private boolean repair;

    @Option(
            names = "--allow-unsupported",
            description = "Takes a medium that is not understood as it is instead of refusing it.")
    private boolean allowUnsupported;

    @Option(
            names = "--sbom",
            negatable = true,
            arity = "0",
            description = "Whether a bill of materials is written; it is, without this.")
    private @Nullable Boolean sbom;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            split = ",",
            completionCandidates = FormatWords.class,
            description = "Output formats: ${COMPLETION-CANDIDATES}.")
    private List<String> formats = new ArrayList<>();

    @Option(
            names = "--checksum",
            paramLabel = "DIGEST",
            split = ",",
            description = "Digests that get a file beside the image, for example sha256,md5.")
    private List<String> checksums = new ArrayList<>();

    @Option(
            names = {"-d", "--output-directory"},
            paramLabel = "DIR",
            description = "Directory that finished images go to; without it, this one.")
    private @Nullable Path outputDirectory;

    @Option(
            names = {"-o", "--outfile"},
            paramLabel = "FILE",
            description =
                    "Name of the image in the one --format, diskdump without one; its .meta, .variant and .md5sum lie beside it.")
    private @Nullable Path outfile;

    @Option(
            names = {"-f", "--force"},
            description = "Builds again what is up to date, and overwrites existing files that no build made.")
    private boolean force;

    @Option(
            names = "--timestamp",
            paramLabel = "TIME",
            description =
                    "Time of everything that is dated: ISO 8601, or seconds since 1970. Without it SOURCE_DATE_EPOCH counts, then the source's"
                            + " own last change.")
    private @Nullable String timestamp;

    @Option(names = "--no-snapshot", description = "Of snf-mkimage; has no effect, as a source is never written to.")
    private boolean noSnapshot;

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Mixin
    private SecretOptions secrets;

    @Mixin
    private CloudOptions cloud;

    ImageOptions(CommandEnvironment surroundings) {
        this.surroundings = surroundings;
        this.secrets = new SecretOptions(surroundings);
        this.cloud = new CloudOptions();
    }

    /** Options of commands that work on guests; the command adds them to its own. */
    CustomiseOptions customise() {
        return customise;
    }

    /** For what else needs some. */
    SecretOptions secrets() {
        return secrets;
    }

    /** Where results go. */
    Path outputDirectory() {
        Path file = outfile;
        Path directory = file == null ? outputDirectory : file.toAbsolutePath().getParent();
        return (directory == null ? Path.of("") : directory).toAbsolutePath();
    }

    /** Whether the user asks for files: {@code --print-*} alone answers and writes nothing. */
    boolean namesOutput() {
        return outfile != null || outputDirectory != null || !formats.isEmpty();
    }

    /**
     * What the core is asked to do, an image each; all are checked before work begins on the first one.
     *
     * @throws ImageException DESCRIPTION for any mistake
     */
    List<ImageBuildRequest> requests() {
        cloud.refuse();
        List<Node> actions = customise.actions(surroundings.err());
        checkOutfile();
        if (noSnapshot) {
            surroundings.err().println("Warning: --no-snapshot has no effect, as a source is never written to");
        }
        if (sources.contains(Path.of("/"))) {
            throw ImageException.of(
                    Kind.UNSUPPORTED,
                    name("SOURCE"),
                    "a running system is not made into an image",
                    "Name its disk, or a copy of it.");
        }
        List<Path> described =
                sources.stream().filter(ImageOptions::isDescribing).toList();
        List<Path> media =
                sources.stream().filter(source -> !isDescribing(source)).toList();
        if (media.size() > 1 || (!media.isEmpty() && !described.isEmpty())) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    name("SOURCE"),
                    "one disk, or descriptions, but not both: "
                            + sources.stream().map(Path::toString).collect(Collectors.joining(", ")),
                    "Name further disks of one guest with --disk.");
        }
        Path here = Path.of("").toAbsolutePath();
        List<DescriptionTree> files = new ArrayList<>();
        for (Path source : described) {
            if (Files.isDirectory(source)) {
                files.addAll(DescriptionReader.readAll(source, here, properties()));
            } else {
                files.add(DescriptionReader.read(source, source.toString(), properties()));
            }
        }
        if (media.isEmpty() && files.isEmpty()) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    name("SOURCE"),
                    "there is no description in " + described,
                    "Name a disk image file.");
        }
        Map<String, DescriptionTree> merged = new DescriptionLayers(
                        files,
                        DescriptionTree.empty(Origin.of("command line")),
                        List.of(),
                        overrides(media.isEmpty() ? null : media.get(0)))
                .merged(media.isEmpty() ? "image" : defaultName(media.get(0)));
        Set<String> chosen = DescriptionLayers.filter(merged.keySet(), filter, "--filter");
        if (outfile != null && chosen.size() > 1) {
            throw ImageException.of(
                    Kind.DESCRIPTION, "--outfile", "one name cannot go to " + chosen.size() + " images", "");
        }
        ErrorCollector errors = new ErrorCollector();
        List<ImageBuildRequest> requests = merged.entrySet().stream()
                .filter(image -> chosen.contains(image.getKey()))
                .flatMap(image -> errors.get(() -> request(image.getValue().thenCustomise(actions), here)).stream())
                .toList();
        errors.throwAny();
        return requests;
    }

    private String name(String term) {
        return surroundings.vocabulary().option(term);
    }

    private void checkOutfile() {
        Path file = outfile;
        if (file == null) {
            return;
        }
        if (outputDirectory != null) {
            throw ImageException.of(
                    Kind.DESCRIPTION, "--outfile", "it names the directory already", "Leave --output-directory out.");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    "--outfile",
                    file + " is no regular file",
                    "Name a file; `imagewright plan` lists what would be done, and writes nothing.");
        }
    }

    /** Of an image that nobody named: after the file that is asked for, else after the disk. */
    private String defaultName(Path medium) {
        return baseName(outfile == null ? medium : outfile);
    }

    private ImageBuildRequest request(DescriptionTree image, Path here) {
        return ImageBuildRequest.builder(image.describe(), work.worker(secrets.read()))
                .version(version)
                .baseDirectory(here)
                .outputDirectory(outputDirectory())
                .workDirectory(work.workParent())
                .timestamp(Timestamps.epochSeconds(
                        "--timestamp", timestamp, surroundings.environment().get("SOURCE_DATE_EPOCH")))
                .force(force)
                .build();
    }

    private DescriptionProperties properties() {
        return new CommandLineProperties(defined, surroundings.environment());
    }

    /** What the options say, over all descriptions. */
    private DescriptionTree overrides(@Nullable Path medium) {
        OptionOverrides overrides = new OptionOverrides(surroundings.vocabulary());
        if (noSysprep) {
            overrides.set("--no-sysprep", "sysprep", "false");
            overrides.set("--no-sysprep", "shrink", "false");
        }
        overrides.setAll("--disable", "disable", disable);
        overrides.setAll("--enable", "enable", enable);
        overrides.set("SOURCE", "source", medium == null ? null : medium.toString());
        overrides.set("--name", "name", name);
        overrides.set("--source-format", "sourceFormat", sourceFormat);
        overrides.disks("--disk", disks);
        overrides.set("--engine", "engine", engine == null ? null : engine.toLowerCase(Locale.ROOT));
        overrides.set("--shrink", "shrink", shrink == null ? null : shrink.toString());
        overrides.set("--size", "size", size);
        overrides.set("--repair", "repair", repair ? "true" : null);
        overrides.set("--allow-unsupported", "allowUnsupported", allowUnsupported ? "true" : null);
        overrides.set("--sbom", "sbom", sbom == null ? null : sbom.toString());
        requireNoComma("--host-run", hostRun);
        overrides.setAll("--host-run", DescriptionShortcuts.PARAM_PREFIX + "script", hostRun);
        overrides.setAll("--host-run", "enable", hostRun.isEmpty() ? List.of() : List.of("script"));
        overrides.set("--install-virtio", DescriptionShortcuts.PARAM_PREFIX + "virtio", installVirtio);
        params.forEach((key, value) -> overrides.set("--param", key, DescriptionShortcuts.PARAM_PREFIX + key, value));
        imageProperties.forEach(
                (key, value) -> overrides.set("--property", key, DescriptionShortcuts.PROPERTY_PREFIX + key, value));
        labels.forEach((key, value) -> overrides.set("--label", key, DescriptionShortcuts.LABEL_PREFIX + key, value));
        overrides.setAll("--format", "formats", formats);
        overrides.setAll("--checksum", "checksums", checksums);
        if (outfile != null) {
            if (formats.size() > 1) {
                throw ImageException.of(
                        Kind.DESCRIPTION,
                        "--outfile",
                        "one name cannot go to " + formats.size() + " formats",
                        "Name one --format, or a directory with --output-directory.");
            }
            overrides.file("--outfile", formats.isEmpty() ? "diskdump" : formats.get(0), fileName(outfile));
            overrides.setAll("--outfile", "checksums", checksums.isEmpty() ? List.of("md5") : checksums);
        }
        return overrides.layer();
    }

    private static void requireNoComma(String option, List<String> paths) {
        paths.stream().filter(path -> path.contains(",")).findFirst().ifPresent(path -> {
            throw ImageException.of(
                    Kind.DESCRIPTION, option, "a comma in the path " + path + " would end it", "Rename the file.");
        });
    }

    private static boolean isDescribing(Path source) {
        return Files.isDirectory(source) || fileName(source).matches(DESCRIPTION_FILES);
    }

    private static String fileName(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String baseName(Path medium) {
        String file = fileName(medium);
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }
}
