package io.imagewright.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.imagewright.ImageBuildRequest;
import io.imagewright.guest.libguestfs.ApplianceSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the work on guests is done, and with what. */
final class WorkOptions {

    private final Secrets secrets;

    @Option(
            names = "--tmpdir",
            paramLabel = "DIR",
            description =
                    "Directory for work files, which need about as much space as the source holds; without it, the one with most free space.")
    private @Nullable Path tmpdir;

    @Option(
            names = "--appliance-memory",
            paramLabel = "MIB",
            description = "Memory of the virtual machine of the engine libguestfs; 0 for 1024 MiB.")
    private int applianceMemory;

    @Option(
            names = "--appliance-processors",
            paramLabel = "N",
            description = "Processors of that machine; 0 for those of this one, at most 4.")
    private int applianceProcessors;

    @Option(
            names = "--appliance-machines",
            paramLabel = "N",
            description = "How many of them may run at a time here; 0 for what half of the free memory holds.")
    private int applianceMachines;

    @Option(
            names = "--appliance-launch-seconds",
            paramLabel = "S",
            description = "How long it may take to start; 0 for 300 seconds.")
    private int applianceLaunchSeconds;

    @Option(
            names = "--operations",
            paramLabel = "JAR",
            description = "Jar with operations of your own; may be given several times.")
    private List<Path> operations = new ArrayList<>();

    @Option(
            names = "--secrets-stdin",
            description =
                    "Reads passphrases from standard input: one JSON object, {\"luksKeys\": [...], \"gpgPassphrase\": \"...\"}."
                            + " IMAGEWRIGHT_LUKS_KEY and MAVEN_GPG_PASSPHRASE in the environment count, too.")
    private boolean secretsStdin;

    @Option(names = "--in-process", hidden = true, description = "Works in this JVM, for debugging.")
    private boolean inProcess;

    WorkOptions(Surroundings surroundings) {
        this.secrets = new Secrets(surroundings);
    }

    @Nullable
    Path workParent() {
        return tmpdir;
    }

    /** Jars of the user's own operations. */
    List<Path> operations() {
        return List.copyOf(operations);
    }

    /** Those of the environment, and of standard input where the user says so. */
    Secrets.Told secrets() {
        return secrets.read(secretsStdin);
    }

    ImageBuildRequest.WorkerSettings worker() {
        return new ImageBuildRequest.WorkerSettings(
                inProcess,
                classPath(),
                new ApplianceSettings(applianceMemory, applianceProcessors, applianceMachines, applianceLaunchSeconds),
                secrets().luksKeys());
    }

    private List<Path> classPath() {
        Stream<Path> own = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of);
        return Stream.concat(own, operations.stream()).map(Path::toAbsolutePath).toList();
    }
}
