package io.imagewright.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.imagewright.api.ApplianceSettings;
import io.imagewright.api.Credentials;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the work on guests is done, and with what. */
final class WorkOptions {

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

    @Option(names = "--in-process", hidden = true, description = "Works in this JVM, for debugging.")
    private boolean inProcess;

    @Nullable
    Path workParent() {
        return tmpdir;
    }

    /** Jars of the user's own operations. */
    List<Path> operations() {
        return List.copyOf(operations);
    }

    /**
     * How the guest job runs.
     *
     * @throws ImageException DESCRIPTION when a jar of --operations is not there
     */
    ImageBuildRequest.WorkerSettings worker(Credentials credentials) {
        requireOperations();
        return new ImageBuildRequest.WorkerSettings(
                inProcess,
                classPath(),
                new ApplianceSettings(applianceMemory, applianceProcessors, applianceMachines, applianceLaunchSeconds),
                credentials);
    }

    private void requireOperations() {
        for (Path jar : operations) {
            if (!Files.isReadable(jar)) {
                throw ImageException.of(
                        Kind.DESCRIPTION,
                        "--operations",
                        "there is no " + jar,
                        "Name the jar that holds your operations.");
            }
        }
    }

    private List<Path> classPath() {
        Stream<Path> own = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of);
        return Stream.concat(own, operations.stream()).map(Path::toAbsolutePath).toList();
    }
}
