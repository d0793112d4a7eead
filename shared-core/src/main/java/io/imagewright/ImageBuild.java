package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.imagewright.error.ImageException;
import io.imagewright.exec.ProcessExec;
import io.imagewright.format.OutputPlan;
import io.imagewright.format.PlannedOutput;
import io.imagewright.progress.Listeners;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import io.imagewright.worker.GuestJob;
import io.imagewright.worker.GuestReport;
import io.imagewright.worker.WorkerClient;

/** Builds one image: request in, result out. */
public final class ImageBuild {

    /** The worker's directory in a work directory. */
    static final String GUEST = "guest";

    private ImageBuild() {}

    /**
     * The whole street: source, working disk, guest job, outputs with checksums, manifest. Blocks until done.
     *
     * @throws ImageException when anything fails; nothing is left behind then but what was there before
     */
    public static ImageBuildResult run(ImageBuildRequest request, ProgressListener listener) {
        return tellingFailure(listener, () -> build(request, listener));
    }

    private static ImageBuildResult build(ImageBuildRequest request, ProgressListener listener) {
        Instant start = Instant.now();
        List<PlannedOutput> outputs = outputs(request);
        String digest = RequestDigest.of(request, GuestJob.Purpose.BUILD);
        if (!request.force()) {
            Earlier earlier = new Earlier(request, digest, outputs);
            Optional<ImageBuildResult> done =
                    earlier.ifUpToDate(() -> look(request, GuestJob.Purpose.DIGEST, ProgressListener.NONE));
            if (done.isPresent()) {
                return done.get();
            }
            earlier.refuseForeignFiles();
        }
        return write(request, GuestJob.Purpose.BUILD, digest, outputs, start, listener);
    }

    /**
     * Writes the disks as they are in the formats of the description: no operation runs, nothing is shrunk, and what lies on them is not asked.
     * Blocks until done.
     *
     * @throws ImageException when anything fails; nothing is left behind then but what was there before
     */
    public static ImageBuildResult convert(ImageBuildRequest request, ProgressListener listener) {
        return tellingFailure(listener, () -> {
            Instant start = Instant.now();
            List<PlannedOutput> outputs = outputs(request);
            String digest = RequestDigest.of(request, GuestJob.Purpose.CONVERT);
            if (!request.force()) {
                new Earlier(request, digest, outputs).refuseForeignFiles();
            }
            return write(request, GuestJob.Purpose.CONVERT, digest, outputs, start, listener);
        });
    }

    private static ImageBuildResult write(
            ImageBuildRequest request,
            GuestJob.Purpose purpose,
            String digest,
            List<PlannedOutput> outputs,
            Instant start,
            ProgressListener listener) {
        refuseSources(request, outputs);
        // said before the work when one is missing
        OutputPlan.programs(outputs).forEach(ProcessExec::require);
        Recorder recorder = new Recorder(listener);
        try (Cleanup cleanup = new Cleanup()) {
            WorkDirectory staging = cleanup.create(request.outputDirectory());
            WorkDirectory work = cleanup.create(WorkParent.choose(request.workDirectory(), request.outputDirectory()));
            Signing.rehearse(request.signing(), staging);
            GuestReport report = work(request, work, purpose, recorder);
            boolean sbom =
                    purpose == GuestJob.Purpose.BUILD && request.description().sbom();
            return new Finishing(request, digest, outputs, staging, report, recorder, start, sbom).run();
        }
    }

    /** A source is read only, whatever is forced. */
    private static void refuseSources(ImageBuildRequest request, List<PlannedOutput> outputs) {
        for (ImageDescription.Disk disk : request.description().source().all()) {
            Path medium = request.baseDirectory().resolve(disk.media());
            for (PlannedOutput output : outputs) {
                Path target = request.outputDirectory().resolve(output.fileName());
                if (isSame(medium, target)) {
                    throw ImageException.of(
                            ImageException.Kind.DESCRIPTION,
                            "Cannot write " + target,
                            "it is the source itself",
                            "Choose another name or another directory.");
                }
            }
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
        } catch (IOException unknown) {
            return false;
        }
    }

    /**
     * Looks at a medium; changes nothing.
     *
     * @throws ImageException when the medium cannot be read or holds no guest
     */
    public static ImageInspection inspect(ImageBuildRequest request, ProgressListener listener) {
        List<String> warnings = new ArrayList<>();
        return tellingFailure(
                listener,
                () -> inspection(look(request, GuestJob.Purpose.INSPECT, noting(listener, warnings)), warnings));
    }

    private static ProgressListener noting(ProgressListener listener, List<String> warnings) {
        return Listeners.all(listener, event -> {
            if (event instanceof ProgressEvent.Warning warning) {
                warnings.add(warning.message());
            }
        });
    }

    private static ImageInspection inspection(GuestReport report, List<String> warnings) {
        return new ImageInspection(
                report.disks().stream()
                        .map(disk -> new ImageInspection.DiskInfo(
                                disk.file(), disk.format(), disk.size(), disk.partitionTable()))
                        .toList(),
                report.facts(),
                report.operations().stream()
                        .map(operation -> new ImageInspection.OperationInfo(
                                operation.name(),
                                operation.aliases(),
                                operation.description(),
                                operation.enabled(),
                                operation.applies()))
                        .toList(),
                report.parameters().stream()
                        .map(parameter -> new ImageInspection.ParameterInfo(
                                parameter.name(),
                                parameter.description(),
                                parameter.type(),
                                parameter.defaultValue(),
                                parameter.value()))
                        .toList(),
                warnings);
    }

    /**
     * Finds out what {@link #run} would do; changes nothing.
     *
     * @throws ImageException when the medium cannot be read or holds no guest, or the description is wrong
     */
    public static ImagePlan plan(ImageBuildRequest request, ProgressListener listener) {
        List<PlannedOutput> outputs = outputs(request);
        List<String> warnings = new ArrayList<>();
        return tellingFailure(listener, () -> {
            GuestReport report = look(request, GuestJob.Purpose.PLAN, noting(listener, warnings));
            return new ImagePlan(
                    report.facts(),
                    report.sourceSize(),
                    report.outcomes().stream()
                            .map(outcome -> new ImagePlan.OperationPlan(
                                    outcome.name(),
                                    outcome.skipped(),
                                    outcome.bytes(),
                                    outcome.planned().stream()
                                            .map(change -> new ImagePlan.PlannedChange(change.path(), change.change()))
                                            .toList()))
                            .toList(),
                    report.shrink(),
                    outputs.stream().map(PlannedOutput::fileName).toList(),
                    warnings);
        });
    }

    private static List<PlannedOutput> outputs(ImageBuildRequest request) {
        return OutputPlan.of(request.description(), request.version(), request.defaultClassifier());
    }

    private static GuestReport look(ImageBuildRequest request, GuestJob.Purpose purpose, ProgressListener listener) {
        try (Cleanup cleanup = new Cleanup()) {
            WorkDirectory work = cleanup.create(
                    WorkParent.choose(request.workDirectory(), Path.of(System.getProperty("java.io.tmpdir"))));
            return work(request, work, purpose, listener);
        }
    }

    static <T> T tellingFailure(ProgressListener listener, Supplier<T> work) {
        try {
            return work.get();
        } catch (ImageException failure) {
            listener.on(new ProgressEvent.Failure(String.valueOf(failure.getMessage())));
            throw failure;
        }
    }

    static GuestReport work(
            ImageBuildRequest request, WorkDirectory work, GuestJob.Purpose purpose, ProgressListener listener) {
        ImageDescription description = request.description();
        ImageDescription.Shrink shrink = description.shrink();
        boolean writes = purpose == GuestJob.Purpose.BUILD || purpose == GuestJob.Purpose.CONVERT;
        boolean looks = purpose == GuestJob.Purpose.INSPECT || purpose == GuestJob.Purpose.CONTENTS;
        List<PlannedOutput> outputs = looks ? List.of() : outputs(request);
        GuestJob job = new GuestJob(
                description.source().all(),
                request.baseDirectory(),
                work.directory(GUEST),
                writes ? request.outputDirectory() : work.path(),
                writes ? OutputPlan.filesOfADisk(outputs) : 0,
                purpose,
                OutputPlan.programs(outputs),
                OutputPlan.dumps(outputs),
                description.engine().name().toLowerCase(java.util.Locale.ROOT),
                request.worker().appliance(),
                request.worker().luksKeys(),
                description.repair(),
                description.allowUnsupported(),
                description.sysprep().enable(),
                description.sysprep().disable(),
                description.sysprep().params(),
                description.customise(),
                shrink == null ? null : Math.max(shrink.slack(), shrink.minimumFree()),
                description.size(),
                request.force(),
                request.timestamp(),
                writes && OutputPlan.needTree(outputs));
        return request.worker().inProcess()
                ? WorkerClient.runHere(job, listener)
                : new WorkerClient(request.worker().classPath()).run(job, listener);
    }
}
