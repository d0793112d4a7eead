package io.imagewright.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.imagewright.FinishedImage;
import io.imagewright.api.GpgKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imagewright checksum}. */
@Command(
        name = "checksum",
        description = "Writes the checksum files of finished images again, and records them in the manifests.")
final class ChecksumCommand implements Callable<Integer> {

    @Mixin
    private FinishedOptions finished;

    @Option(
            names = "--checksum",
            paramLabel = "DIGEST",
            split = ",",
            defaultValue = "sha256",
            description = "Digests: md5, sha1, sha256, sha512. Without it: ${DEFAULT-VALUE}.")
    private List<String> checksums = new ArrayList<>();

    @Mixin
    private SecretOptions secrets;

    @Mixin
    private SigningOptions signing = new SigningOptions();

    @Mixin
    private ProgressOptions progress;

    ChecksumCommand(CommandEnvironment surroundings) {
        this.finished = new FinishedOptions(surroundings);
        this.secrets = new SecretOptions(surroundings);
        this.progress = new ProgressOptions(surroundings);
    }

    @Override
    public Integer call() {
        GpgKey key = signing.key(secrets);
        for (FinishedImage image : finished.images()) {
            try (ProgressReporter reporter = progress.open(image.name())) {
                reporter.reportingFailure(() -> {
                    image.checksum(checksums, key, reporter);
                    return image;
                });
                String line = "Image " + image.name() + ": " + String.join(", ", checksums) + " of "
                        + String.join(", ", image.files());
                progress.answers()
                        .print("checksum", image.name(), List.of(line), Map.of("checksums", List.copyOf(checksums)));
            }
        }
        return ExitCode.DONE;
    }
}
