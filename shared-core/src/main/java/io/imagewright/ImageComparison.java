package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageDifference;
import io.imagewright.build.CheckedRequest;
import io.imagewright.build.GuestWorker;
import io.imagewright.contents.FileSpool;
import io.imagewright.diff.ComparedImage;
import io.imagewright.diff.Difference;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.finished.FinishedDisks;
import io.imagewright.finished.StoredImage;
import io.imagewright.guest.Volume;
import io.imagewright.job.GuestJob;
import io.imagewright.job.GuestReport;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.Steps;
import io.imagewright.spec.ImageDescription;
import io.imagewright.staging.Cleanup;
import io.imagewright.staging.WorkDirectory;
import io.imagewright.staging.WorkParent;
import org.jspecify.annotations.Nullable;

/** Reports what changed from one image to another. Changes nothing. */
public final class ImageComparison {

    private final Request request;
    private final ProgressListener listener;
    private final Cleanup cleanup;

    private ImageComparison(Request request, ProgressListener listener, Cleanup cleanup) {
        this.request = request;
        this.listener = listener;
        this.cleanup = cleanup;
    }

    /**
     * What is compared.
     *
     * @param before an image file, or the manifest of a finished image with its files beside it
     * @param after the same of the new one
     * @param engine what looks at the guests
     * @param workDirectory parent of the work directories; null to take the writable one with most free space
     * @param worker how the guests are looked at
     */
    public record Request(
            Path before,
            Path after,
            ImageDescription.EngineChoice engine,
            @Nullable Path workDirectory,
            ImageBuildRequest.WorkerSettings worker) {}

    /**
     * Looks at both images, and compares what is in them. Blocks until done.
     *
     * @throws ImageException when an image cannot be read or holds no guest
     */
    public static ImageDifference run(Request request, ProgressListener listener) {
        return difference(request, listener);
    }

    static Difference difference(Request request, ProgressListener listener) {
        return ImageBuild.reportingFailure(listener, () -> {
            try (Cleanup cleanup = new Cleanup()) {
                ImageComparison comparison = new ImageComparison(request, listener, cleanup);
                OpenedImage before = OpenedImage.of(request.before());
                OpenedImage after = OpenedImage.of(request.after());
                ComparedImage old = comparison.look(before);
                ComparedImage fresh = comparison.look(after);
                return new Steps(listener).run("compare", step -> compare(old, fresh));
            }
        });
    }

    private static Difference compare(ComparedImage old, ComparedImage fresh) {
        try {
            return Difference.of(old, fresh);
        } catch (IOException failure) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Cannot compare " + old.name() + " and " + fresh.name(),
                    FileFailure.reason(failure),
                    "Check the file system that holds the work directory.",
                    failure);
        }
    }

    private ComparedImage look(OpenedImage image) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        WorkDirectory work = cleanup.create(WorkParent.choose(request.workDirectory(), temporary));
        GuestReport report;
        try (GuestWorker worker = GuestWorker.start(request.worker())) {
            report = worker.run(CheckedRequest.looking(build(image)), GuestJob.Purpose.CONTENTS, work, listener);
        }
        Map<String, String> properties = new TreeMap<>(report.facts().properties());
        properties.putAll(image.properties());
        return new ComparedImage(
                image.name(),
                facts(report),
                properties,
                report.contents().packages(),
                work.path().resolve(GuestWorker.DIRECTORY).resolve(FileSpool.NAME));
    }

    /** A request that looks only, without any operation. */
    private ImageBuildRequest build(OpenedImage image) {
        ImageDescription description = ImageDescription.builder(
                        image.name(), image.source().media())
                .source(image.source())
                .engine(request.engine())
                .shrink(null)
                .formats(List.of())
                .checksums(List.of())
                .build();
        return ImageBuildRequest.builder(description, request.worker())
                .version("")
                .baseDirectory(image.directory())
                .outputDirectory(image.directory())
                .workDirectory(request.workDirectory())
                .force(true)
                .build();
    }

    private static SortedMap<String, String> facts(GuestReport report) {
        SortedMap<String, String> facts = new TreeMap<>(ImageManifest.facts(report.facts()));
        facts.put("size", report.sourceSize() + " bytes");
        facts.put("partitionTable", report.disks().get(0).partitionTable());
        report.facts()
                .mounts()
                .forEach(mount -> report.facts().volumes().stream()
                        .filter(volume -> volume.partition() == mount.partition())
                        .forEach(volume -> facts.put("mount " + mount.point(), describe(volume))));
        return facts;
    }

    private static String describe(Volume volume) {
        return volume.type() + ", " + volume.length() + " bytes"
                + (volume.uuid().isEmpty() ? "" : ", UUID " + volume.uuid());
    }

    /**
     * An image that was named: its disks.
     *
     * @param properties that its manifest has
     */
    private record OpenedImage(
            String name, Path directory, ImageDescription.Source source, Map<String, String> properties) {

        static OpenedImage of(Path named) {
            Path file = named.toAbsolutePath();
            if (!Files.exists(file)) {
                throw ImageException.of(
                        ImageException.Kind.SOURCE,
                        "Cannot compare " + named,
                        "there is no such file",
                        "Name an image file, or the manifest of a finished image.");
            }
            String name = String.valueOf(file.getFileName());
            return ManifestFile.isNamedSo(file)
                    ? ofManifest(name, StoredImage.open(file))
                    : new OpenedImage(
                            name,
                            Objects.requireNonNull(file.getParent(), "a file has a directory"),
                            new ImageDescription.Source(file.toString(), null),
                            Map.of());
        }

        private static OpenedImage ofManifest(String name, StoredImage image) {
            return new OpenedImage(
                    name,
                    image.directory(),
                    FinishedDisks.of(image),
                    image.manifest().properties());
        }
    }
}
