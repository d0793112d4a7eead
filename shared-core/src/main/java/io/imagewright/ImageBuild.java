package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

import io.imagewright.api.GpgKey;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.api.ImageInspection;
import io.imagewright.api.ImagePlan;
import io.imagewright.api.PlannedFile;
import io.imagewright.build.CheckedRequest;
import io.imagewright.build.Earlier;
import io.imagewright.build.Finishing;
import io.imagewright.build.GuestWorker;
import io.imagewright.build.Recorder;
import io.imagewright.build.RequestDigest;
import io.imagewright.build.ScmCheckout;
import io.imagewright.error.ErrorCollector;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.exec.ProcessExec;
import io.imagewright.finished.AttachedFiles;
import io.imagewright.finished.ManifestUpdate;
import io.imagewright.finished.Signing;
import io.imagewright.finished.StoredImage;
import io.imagewright.format.OutputFormat;
import io.imagewright.format.OutputFormats;
import io.imagewright.format.OutputPlan;
import io.imagewright.format.PlannedOutput;
import io.imagewright.job.GuestJob;
import io.imagewright.job.GuestReport;
import io.imagewright.progress.Listeners;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import io.imagewright.staging.Cleanup;
import io.imagewright.staging.WorkDirectory;
import io.imagewright.staging.WorkParent;
import org.jspecify.annotations.Nullable;

/** Builds one image: request in, result out. */
public final class ImageBuild {

    private ImageBuild() {}

    /**
     * Checks requests, all of which are to be built or planned in this order, before the first one is. Files that actions of later ones name
     * may be made by earlier ones.
     *
     * @throws ImageException DESCRIPTION with every mistake in the formats, operations, parameters and actions of all of them
     */
    public static void check(Collection<ImageBuildRequest> requests) {
        List<Path> earlier = new ArrayList<>();
        check(requests, request -> {
            CheckedRequest checked = CheckedRequest.building(request, earlier);
            checked.outputs().stream()
                    .map(output -> request.outputDirectory().resolve(output.fileName()))
                    .forEach(earlier::add);
            return checked;
        });
    }

    /** The same for requests that are to be converted, of which no action runs. */
    public static void checkConversions(Collection<ImageBuildRequest> requests) {
        check(requests, CheckedRequest::converting);
    }

    private static void check(
            Collection<ImageBuildRequest> requests, Function<ImageBuildRequest, CheckedRequest> check) {
        ErrorCollector errors = new ErrorCollector();
        for (ImageBuildRequest request : requests) {
            if (requests.size() == 1) {
                errors.get(() -> check.apply(request));
            } else {
                errors.get("image " + request.description().name(), () -> check.apply(request));
            }
        }
        errors.throwAny();
    }

    /**
     * The whole build: source, working disk, guest job, outputs with checksums, manifest. Blocks until done.
     *
     * @throws ImageException when anything fails; nothing is left behind then but what was there before
     */
    public static ImageBuildResult run(ImageBuildRequest request, ProgressListener listener) {
        return reportingFailure(listener, () -> build(request, listener));
    }

    private static ImageBuildResult build(ImageBuildRequest request, ProgressListener listener) {
        Instant start = Instant.now();
        try (GuestWorker worker = GuestWorker.start(request.worker())) {
            CheckedRequest checked = CheckedRequest.building(request, List.of());
            String digest = RequestDigest.of(checked, GuestJob.Purpose.BUILD);
            if (!request.force()) {
                Earlier earlier = new Earlier(request, checked.outputs());
                Optional<ImageBuildResult> done = earlier.ifUpToDate(
                        digest, () -> worker.look(checked, GuestJob.Purpose.DIGEST, ProgressListener.NONE));
                if (done.isPresent()) {
                    new ManifestUpdate(StoredImage.open(done.get().manifest()), request.signing(), listener)
                            .origin(ScmCheckout.origin(request));
                    return done.get();
                }
                earlier.refuseForeignFiles();
            }
            return write(checked, worker, GuestJob.Purpose.BUILD, () -> digest, start, listener);
        }
    }

    /**
     * Writes the disks as they are in the formats of the description: no operation runs, nothing is shrunk, and what lies on them is not asked.
     * Blocks until done.
     *
     * @throws ImageException when anything fails; nothing is left behind then but what was there before
     */
    public static ImageBuildResult convert(ImageBuildRequest request, ProgressListener listener) {
        return reportingFailure(listener, () -> {
            Instant start = Instant.now();
            try (GuestWorker worker = GuestWorker.start(request.worker())) {
                CheckedRequest checked = CheckedRequest.converting(request);
                if (!request.force()) {
                    new Earlier(request, checked.outputs()).refuseForeignFiles();
                }
                // of no file that changes meanwhile: the worker need not wait for it
                CompletableFuture<String> digest =
                        CompletableFuture.supplyAsync(() -> RequestDigest.of(checked, GuestJob.Purpose.CONVERT));
                return write(checked, worker, GuestJob.Purpose.CONVERT, () -> joined(digest), start, listener);
            }
        });
    }

    private static String joined(CompletableFuture<String> digest) {
        try {
            return digest.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException own ? own : failure;
        }
    }

    private static ImageBuildResult write(
            CheckedRequest checked,
            GuestWorker worker,
            GuestJob.Purpose purpose,
            Supplier<String> digest,
            Instant start,
            ProgressListener listener) {
        ImageBuildRequest request = checked.request();
        List<PlannedOutput> outputs = checked.outputs();
        refuseSources(request, outputs);
        // said before the work when one is missing
        OutputPlan.programs(outputs).forEach(ProcessExec::require);
        Recorder recorder = new Recorder(listener);
        try (Cleanup cleanup = new Cleanup()) {
            WorkDirectory staging = cleanup.create(request.outputDirectory());
            WorkDirectory work = cleanup.create(WorkParent.choose(request.workDirectory(), request.outputDirectory()));
            Signing.rehearse(request.signing(), staging);
            GuestReport report = worker.run(checked, purpose, work, recorder);
            boolean sbom =
                    purpose == GuestJob.Purpose.BUILD && request.description().sbom();
            return new Finishing(request, digest.get(), outputs, staging, report, recorder, start, sbom).run();
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
        List<Message> warnings = new ArrayList<>();
        return reportingFailure(listener, () -> {
            try (GuestWorker worker = GuestWorker.start(request.worker())) {
                CheckedRequest checked = CheckedRequest.looking(request);
                return inspection(worker.look(checked, GuestJob.Purpose.INSPECT, noting(listener, warnings)), warnings);
            }
        });
    }

    private static ProgressListener noting(ProgressListener listener, List<Message> warnings) {
        return Listeners.all(listener, event -> {
            if (event instanceof ProgressEvent.Warning warning) {
                warnings.add(warning.message());
            }
        });
    }

    private static ImageInspection inspection(GuestReport report, List<Message> warnings) {
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

    /** The words of all output formats. */
    public static List<String> formats() {
        return OutputFormats.all().stream().map(OutputFormat::word).toList();
    }

    /**
     * The image files that {@link #run} makes, disk by disk, of each in the order of the formats. Reads nothing.
     *
     * @throws ImageException DESCRIPTION when a format, an option or a name is wrong, or when two files would get one
     *     name or one coordinate
     */
    public static List<PlannedFile> planned(ImageBuildRequest request) {
        return OutputPlan.of(request.description(), request.version(), request.defaultClassifier()).stream()
                .map(output -> new PlannedFile(
                        output.format().word(), output.fileName(), output.artifactType(), output.classifier()))
                .toList();
    }

    /**
     * Writes the files that name an image's files (checksums, {@code .variant}, manifest) with the names that the files
     * get elsewhere, unless these are the names that they have.
     *
     * @param names of each image, the manifest and the bill of materials of the result
     * @param directory where the files go; made when missing
     * @param key signs the manifest; null for no signature
     * @return the same result with these files in place of those of the output directory
     * @throws ImageException ENVIRONMENT when the directory cannot be written
     */
    public static ImageBuildResult renamed(
            ImageBuildResult result,
            Map<Path, String> names,
            Path directory,
            @Nullable GpgKey key,
            ProgressListener listener) {
        return AttachedFiles.of(result, names, directory, key, listener);
    }

    /**
     * Finds out what {@link #run} would do; changes nothing.
     *
     * @throws ImageException when the medium cannot be read or holds no guest, or the description is wrong
     */
    public static ImagePlan plan(ImageBuildRequest request, ProgressListener listener) {
        List<Message> warnings = new ArrayList<>();
        return reportingFailure(listener, () -> {
            CheckedRequest checked;
            GuestReport report;
            try (GuestWorker worker = GuestWorker.start(request.worker())) {
                checked = CheckedRequest.building(request, List.of());
                report = worker.look(checked, GuestJob.Purpose.PLAN, noting(listener, warnings));
            }
            return new ImagePlan(
                    report.facts(),
                    report.sourceSize(),
                    report.outcomes().stream()
                            .map(outcome -> new ImagePlan.OperationPlan(
                                    outcome.name(),
                                    outcome.skipped(),
                                    outcome.removed().files(),
                                    outcome.bytes(),
                                    outcome.planned().stream()
                                            .map(change -> new ImagePlan.PlannedChange(
                                                    change.path(), change.change(), change.diff()))
                                            .toList()))
                            .toList(),
                    report.shrink(),
                    checked.outputs().stream().map(PlannedOutput::fileName).toList(),
                    warnings);
        });
    }

    static <T> T reportingFailure(ProgressListener listener, Supplier<T> work) {
        try {
            return work.get();
        } catch (ImageException failure) {
            listener.on(new ProgressEvent.Failure(failure.message()));
            throw failure;
        }
    }
}
