package io.imagewright.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import io.imagewright.ImageBuild;
import io.imagewright.api.GpgKey;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.api.ImageInspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imagewright build}. */
@Command(
        name = "build",
        aliases = "mkimage",
        description = "Builds clean, small, checksummed images from disks. Takes the options of snf-mkimage, too.")
final class BuildCommand implements Callable<Integer>, Customising {

    @Mixin
    private ImageOptions images;

    @Mixin
    private ProgressOptions progress;

    @Mixin
    private SigningOptions signing = new SigningOptions();

    @Option(
            names = "--print-metadata",
            description =
                    "Prints the properties of the image. Without an option that names the output, nothing is built.")
    private boolean printMetadata;

    @Option(names = "--print-syspreps", description = "Prints the operations that would run, and those that would not.")
    private boolean printSyspreps;

    @Option(names = "--print-sysprep-params", description = "Prints the parameters of operations and their values.")
    private boolean printParams;

    BuildCommand(CommandEnvironment surroundings) {
        this.images = new ImageOptions(surroundings);
        this.progress = new ProgressOptions(surroundings);
    }

    @Override
    public CustomiseOptions customise() {
        return images.customise();
    }

    @Override
    public Integer call() {
        List<ImageBuildRequest> requests = images.requests();
        GpgKey key = signing.key(images.secrets());
        boolean prints = printMetadata || printSyspreps || printParams;
        if (!prints || images.namesOutput()) {
            progress.check(requests, ImageBuild::check);
        }
        for (ImageBuildRequest request : requests) {
            String name = request.description().name();
            try (ProgressReporter reporter = progress.open(name)) {
                if (prints) {
                    ImageInspection inspection = reporter.reportingFailure(() -> ImageBuild.inspect(request, reporter));
                    progress.answers().print("inspect", name, printed(request, inspection), inspection.document(name));
                }
                if (!prints || images.namesOutput()) {
                    ImageBuildResult result = reporter.reportingFailure(() ->
                            ImageBuild.run(request.toBuilder().signing(key).build(), reporter));
                    progress.answers()
                            .print(
                                    "build",
                                    name,
                                    progress.isSilent() ? result.files() : result.lines(),
                                    BuiltImage.document(result));
                }
            }
        }
        return ExitCode.DONE;
    }

    private List<String> printed(ImageBuildRequest request, ImageInspection inspection) {
        List<String> lines = new ArrayList<>();
        if (printSyspreps) {
            for (ImageInspection.OperationInfo operation : inspection.operations()) {
                lines.add((operation.enabled() && operation.applies() ? "Enabled: " : "Disabled: ") + operation.name());
                lines.add("    " + operation.description());
            }
        }
        if (printParams) {
            for (ImageInspection.ParameterInfo parameter : inspection.parameters()) {
                lines.add("NAME:        " + parameter.name());
                lines.add("TYPE:        " + parameter.type());
                lines.add("VALUE:       " + parameter.value());
                lines.add("DEFAULT:     " + parameter.defaultValue());
                lines.add("DESCRIPTION: " + parameter.description());
                lines.add("");
            }
        }
        if (printMetadata) {
            SortedMap<String, String> properties =
                    new TreeMap<>(inspection.facts().properties());
            // what the user says wins over what was found
            properties.putAll(request.description().properties());
            properties.forEach((key, value) -> lines.add(key + "=" + value));
        }
        return lines;
    }
}
