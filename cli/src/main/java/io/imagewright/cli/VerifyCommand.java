package io.imagewright.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.imagewright.FinishedImage;
import io.imagewright.api.BootSettings;
import io.imagewright.api.Firmware;
import io.imagewright.api.Trust;
import io.imagewright.api.VerifyRequest;
import io.imagewright.api.VerifyResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imagewright verify}. */
@Command(
        name = "verify",
        description =
                "Verifies finished images against their manifests, checksum files and signatures, checks that each file is"
                        + " complete, and starts the image with --boot.")
final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private FinishedOptions finished;

    @Option(
            names = "--boot",
            description =
                    "Starts the image under qemu. One that does not come up leaves its console and its screen beside the manifest.")
    private boolean boot;

    @Option(
            names = "--boot-seconds",
            paramLabel = "S",
            defaultValue = "300",
            description = "How long it may take. Without it: ${DEFAULT-VALUE}.")
    private int bootSeconds;

    @Option(
            names = "--boot-text",
            paramLabel = "REGEX",
            description =
                    "Regular expression that a line on the first serial console must match. Without it and --boot-port, the first"
                            + " sign of a running guest is awaited: its SSH server, a login prompt there, QEMU's guest agent, or an"
                            + " answer to the power button.")
    private @Nullable String bootText;

    @Option(
            names = "--boot-port",
            paramLabel = "PORT",
            description = "TCP port on which the guest must take a connection.")
    private @Nullable Integer bootPort;

    @Option(
            names = "--boot-memory",
            paramLabel = "MIB",
            defaultValue = "1024",
            description = "Memory of the machine. Without it: ${DEFAULT-VALUE}.")
    private int bootMemory;

    @Option(
            names = "--boot-processors",
            paramLabel = "N",
            defaultValue = "2",
            description = "Processors of the machine. Without it: ${DEFAULT-VALUE}.")
    private int bootProcessors;

    @Option(
            names = "--boot-firmware",
            paramLabel = "FIRMWARE",
            defaultValue = "auto",
            description = "bios, uefi, or auto for what the disk has a loader for.")
    private String bootFirmware = "auto";

    @Option(
            names = "--signed-by",
            paramLabel = "FINGERPRINT",
            split = ",",
            description = "Files must have a signature of one of these keys.")
    private List<String> signedBy = new ArrayList<>();

    @Option(
            names = "--keyring",
            paramLabel = "FILE",
            description = "File of public keys, as gpg --export writes it; only these are known then.")
    private @Nullable Path keyring;

    @Option(
            names = "--gpg-homedir",
            paramLabel = "DIR",
            description = "Directory of gpg's keys; without it, gpg's own choice.")
    private @Nullable Path gpgHomedir;

    @Option(names = "--tmpdir", paramLabel = "DIR", description = "Directory for work files.")
    private @Nullable Path tmpdir;

    @Mixin
    private ProgressOptions progress;

    VerifyCommand(CommandEnvironment surroundings) {
        this.finished = new FinishedOptions(surroundings);
        this.progress = new ProgressOptions(surroundings);
    }

    @Override
    public Integer call() {
        Trust trust = new Trust(signedBy, absolute(keyring), absolute(gpgHomedir));
        VerifyRequest request = new VerifyRequest(absolute(tmpdir), trust, boot ? settings() : null);
        int exitCode = ExitCode.DONE;
        for (FinishedImage image : finished.images()) {
            try (ProgressReporter reporter = progress.open(image.name())) {
                VerifyResult result = reporter.reportingFailure(() -> image.verify(request, reporter));
                boolean isWhole = result.findings().isEmpty();
                progress.answers()
                        .print(
                                "verify",
                                image.name(),
                                isWhole ? result.lines(image.name(), image.files()) : List.of(),
                                result.document());
                exitCode = Math.max(exitCode, reporter.failed(() -> result.requireWhole(image.name())));
            }
        }
        return exitCode;
    }

    private BootSettings settings() {
        return new BootSettings(
                Duration.ofSeconds(bootSeconds),
                bootText,
                bootPort,
                bootMemory,
                bootProcessors,
                Firmware.of(bootFirmware));
    }

    private static @Nullable Path absolute(@Nullable Path file) {
        return file == null ? null : file.toAbsolutePath();
    }
}
