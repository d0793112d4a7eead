package io.imagewright;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import io.imagewright.error.ImageException;
import io.imagewright.format.OutputPlan;
import io.imagewright.format.PlannedOutput;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import io.imagewright.worker.GuestJob;
import io.imagewright.worker.GuestReport;
import io.imagewright.worker.WorkerClient;

/** Builds one image: request in, result out. */
public final class ImageBuild {

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
        ImageDescription description = request.description();
        List<PlannedOutput> outputs = OutputPlan.of(
                description.formats(), description.name(), request.version(), request.defaultClassifier());
        Recorder recorder = new Recorder(listener);
        WorkDirectory staging = WorkDirectory.create(request.outputDirectory());
        try (Cleanup cleanup = new Cleanup()) {
            cleanup.add(staging);
            WorkDirectory work =
                    WorkDirectory.create(WorkParent.choose(request.workDirectory(), request.outputDirectory()));
            cleanup.add(work);
            GuestReport report = work(request, work, outputs.size(), false, recorder);
            return new Finishing(request, outputs, staging, report, recorder, start).run();
        }
    }

    /**
     * Looks at a medium; changes nothing.
     *
     * @throws ImageException when the medium cannot be read or holds no guest
     */
    public static ImageInspection inspect(ImageBuildRequest request, ProgressListener listener) {
        return tellingFailure(listener, () -> look(request, listener));
    }

    private static ImageInspection look(ImageBuildRequest request, ProgressListener listener) {
        WorkDirectory work = WorkDirectory.create(
                WorkParent.choose(request.workDirectory(), Path.of(System.getProperty("java.io.tmpdir"))));
        try (Cleanup cleanup = new Cleanup()) {
            cleanup.add(work);
            GuestReport report = work(request, work, 0, true, listener);
            return new ImageInspection(
                    report.partitionTable(),
                    report.sourceSize(),
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
                            .toList());
        }
    }

    private static <T> T tellingFailure(ProgressListener listener, Supplier<T> work) {
        try {
            return work.get();
        } catch (ImageException failure) {
            listener.on(new ProgressEvent.Failure(String.valueOf(failure.getMessage())));
            throw failure;
        }
    }

    private static GuestReport work(
            ImageBuildRequest request,
            WorkDirectory work,
            int outputs,
            boolean inspectOnly,
            ProgressListener listener) {
        ImageDescription description = request.description();
        ImageDescription.Shrink shrink = description.shrink();
        GuestJob job = new GuestJob(
                Path.of(description.source().media()),
                description.source().format(),
                request.baseDirectory(),
                work.directory("guest"),
                inspectOnly ? work.path() : request.outputDirectory(),
                outputs,
                inspectOnly,
                description.engine().name().toLowerCase(java.util.Locale.ROOT),
                description.repair(),
                description.sysprep().enable(),
                description.sysprep().disable(),
                description.sysprep().params(),
                shrink == null ? null : Math.max(shrink.slack(), shrink.minimumFree()),
                description.size(),
                request.timestamp());
        return request.worker().inProcess()
                ? WorkerClient.runHere(job, listener)
                : new WorkerClient(request.worker().classPath()).run(job, listener);
    }
}
