package io.imagewright.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.error.ErrorCollector;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.ImageDescription.Format;

/** Settles names and coordinates of an image's outputs before any work is done. */
public final class OutputPlan {

    /**
     * Linux's limit, less room for the longest thing that is put behind a name ({@code .sha512sum}, temporary names).
     */
    private static final int LONGEST_NAME = 255 - 32;

    /** Ends of the names of an image and of the files beside it, those that this build does not write included. */
    private static final List<String> SIDECARS = Stream.of(
                    Stream.of(""),
                    PlannedOutput.DESCRIBING.stream().map(extension -> "." + extension),
                    Arrays.stream(DigestAlgorithm.values()).map(digest -> "." + digest.sidecarExtension()))
            .flatMap(extensions -> extensions)
            .toList();

    private static final Pattern CLASSIFIER = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private OutputPlan() {}

    /**
     * The outputs, disk by disk, of each in the order of the formats. Those that hold the guest's files come once,
     * among those of the first disk.
     *
     * <p>A file is named {@code <name>-<version>.<extension>}, with a classifier that the user wrote {@code
     * <name>-<version>-<classifier>.<extension>}; the default classifier is left out there, being the image's name.
     * Files and classifiers of the second disk end with {@code disk2}, and so on.
     *
     * @param defaultClassifier for formats without one: empty, or the image's name where a project has several
     * @throws ImageException DESCRIPTION when a format, an option or a name is wrong, or when two outputs would get the
     *     same file name or the same coordinate
     */
    public static List<PlannedOutput> of(ImageDescription image, String version, String defaultClassifier) {
        return of(
                image.formats(),
                image.name(),
                version,
                defaultClassifier,
                image.source().all().size());
    }

    static List<PlannedOutput> of(
            List<Format> formats, String name, String version, String defaultClassifier, int disks) {
        List<PlannedOutput> outputs = new ArrayList<>();
        ErrorCollector errors = new ErrorCollector();
        errors.check(() -> checkFileName(name + "-" + version, "the manifest"));
        formats.forEach(format -> errors.get(() -> plan(format, 0, name, version, defaultClassifier)));
        errors.throwAny();
        for (int disk = 0; disk < disks; disk++) {
            for (Format format : formats) {
                // the files are the guest's, and a dump its first partition, however many disks it has
                OutputFormat type = OutputFormats.of(format.type());
                if (disk == 0 || !(type.holdsTree() || type.isPartition())) {
                    outputs.add(plan(format, disk, name, version, defaultClassifier));
                }
            }
        }
        Set<String> files = new HashSet<>(Set.of(name + "-" + version + ".image-manifest.json", name + ".build.json"));
        Set<String> coordinates = new HashSet<>();
        for (PlannedOutput output : outputs) {
            for (String file : files(output)) {
                if (!files.add(file)) {
                    throw twice(output, "the file name " + file);
                }
            }
            if (!coordinates.add(output.artifactType() + ":" + output.classifier())) {
                throw twice(
                        output,
                        "the type " + output.artifactType()
                                + (output.classifier().isEmpty()
                                        ? " without a classifier"
                                        : " with the classifier " + output.classifier()));
            }
        }
        return outputs;
    }

    /**
     * How many files of a disk there are while its outputs are written: these, what is packed in them, and the raw disk
     * that some are made of.
     */
    public static int filesOfADisk(List<PlannedOutput> outputs) {
        List<PlannedOutput> first =
                outputs.stream().filter(output -> output.disk() == 0).toList();
        List<Encoding> encodings = first.stream()
                .filter(output -> output.format().holdsDisk())
                .map(PlannedOutput::encoding)
                .toList();
        boolean needsRaw = encodings.stream().anyMatch(Encoding::isConverted) && !encodings.contains(RawEncoding.WHOLE);
        int packed = encodings.stream().mapToInt(Encoding::workFiles).sum();
        return first.size() + packed + (needsRaw ? 1 : 0);
    }

    /** The programs that write some of them. */
    public static List<String> programs(List<PlannedOutput> outputs) {
        return outputs.stream()
                .flatMap(output -> output.encoding().programs().stream())
                .distinct()
                .toList();
    }

    /** Whether any of them holds the guest's files. */
    public static boolean needTree(List<PlannedOutput> outputs) {
        return outputs.stream().anyMatch(output -> output.format().holdsTree());
    }

    /** Words of those formats that hold the first partition alone. */
    public static List<String> dumps(List<PlannedOutput> outputs) {
        return outputs.stream()
                .map(PlannedOutput::format)
                .filter(OutputFormat::isPartition)
                .map(OutputFormat::word)
                .distinct()
                .toList();
    }

    private static PlannedOutput plan(Format format, int disk, String name, String version, String defaultClassifier) {
        OutputFormat type = OutputFormats.of(format.type());
        String given = format.classifier();
        if (given != null && !CLASSIFIER.matcher(given).matches()) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    "Bad classifier '" + given + "' of format " + type.word(),
                    "a classifier has 1 to 64 letters, digits, '.', '_' and '-'",
                    Message.of("Correct ", SettingName.FORMAT_CLASSIFIER, "."));
        }
        String file = format.file();
        if (file == null) {
            file = name + "-" + version + (given == null ? "" : "-" + given) + "." + type.extension();
        }
        String classifier = given == null ? defaultClassifier : given;
        if (disk > 0) {
            String word = "disk" + (disk + 1);
            String extension = "." + type.extension();
            int end = file.endsWith(extension) ? file.length() - extension.length() : file.lastIndexOf('.');
            file = end < 0 ? file + "-" + word : file.substring(0, end) + "-" + word + file.substring(end);
            classifier = classifier.isEmpty() ? word : classifier + "-" + word;
        }
        checkFileName(file, "format " + type.word());
        Map<String, String> options = type.optionsFor(format.options(), name, version, disk);
        return new PlannedOutput(type, type.complete(options), disk, file, type.artifactType(), classifier);
    }

    /** The image and what may lie beside it. */
    private static List<String> files(PlannedOutput output) {
        return SIDECARS.stream().map(extension -> output.fileName() + extension).toList();
    }

    private static void checkFileName(String file, String of) {
        boolean plain = !file.isEmpty()
                && !file.startsWith(".")
                && file.indexOf('/') < 0
                && file.chars().noneMatch(Character::isISOControl);
        if (!plain || file.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    "Bad file name '" + file + "' of " + of,
                    plain
                            ? "it is longer than " + LONGEST_NAME + " bytes"
                            : "it must be a plain name: no directory, no leading dot, no control characters",
                    Message.of(
                            "Correct ",
                            SettingName.NAME,
                            ", ",
                            SettingName.VERSION,
                            ", or ",
                            SettingName.FORMAT_FILE,
                            "."));
        }
    }

    private static ImageException twice(PlannedOutput output, String what) {
        return ImageException.of(
                Kind.DESCRIPTION,
                "Two files collide at format " + output.format().word(),
                "both would get " + what,
                "Give one of them a classifier, or a file name, of its own.");
    }
}
