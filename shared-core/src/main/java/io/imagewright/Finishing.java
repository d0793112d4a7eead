package io.imagewright;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.Sidecars;
import io.imagewright.disk.DiskFull;
import io.imagewright.disk.DiskLayout;
import io.imagewright.error.ImageException;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ProcessExec;
import io.imagewright.format.OutputTarget;
import io.imagewright.format.OutputWriters;
import io.imagewright.format.PlannedOutput;
import io.imagewright.format.WrittenOutput;
import io.imagewright.manifest.BuildRecord;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.manifest.MetaFile;
import io.imagewright.manifest.VariantFile;
import io.imagewright.progress.Steps;
import io.imagewright.progress.ToldExec;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.PropertyLimits;
import io.imagewright.worker.GuestReport;

/** The last part of the street: outputs with their digests, the files beside them, the manifest, and their final names. */
final class Finishing {

    private final ImageBuildRequest request;
    private final String requestDigest;
    private final ImageDescription description;
    private final List<PlannedOutput> planned;
    private final WorkDirectory staging;
    private final GuestReport report;
    private final Recorder recorder;
    private final Instant start;
    private final Delivery delivery;
    private final SortedMap<String, String> properties;

    Finishing(
            ImageBuildRequest request,
            String requestDigest,
            List<PlannedOutput> planned,
            WorkDirectory staging,
            GuestReport report,
            Recorder recorder,
            Instant start) {
        this.request = request;
        this.requestDigest = requestDigest;
        this.description = request.description();
        this.planned = List.copyOf(planned);
        this.staging = staging;
        this.report = report;
        this.recorder = recorder;
        this.start = start;
        this.delivery = new Delivery(request.outputDirectory());
        this.properties = new TreeMap<>(report.facts().properties());
        // what the user says wins over what was found
        properties.putAll(description.properties());
    }

    ImageBuildResult run() {
        // those that were found have been looked at by the inspection
        Steps steps = new Steps(recorder);
        new TreeMap<>(description.properties())
                .forEach((name, value) -> PropertyLimits.complaint(name, value).ifPresent(steps::warn));
        try {
            List<WrittenOutput> written = write();
            List<ImageBuildResult.Output> outputs = new ArrayList<>();
            for (WrittenOutput output : written) {
                outputs.add(stage(output));
            }
            Path manifest = staging.file(ManifestFile.fileName(description.name(), request.version()));
            ManifestFile.write(manifest, Manifests.of(request, requestDigest, report, properties, written));
            Path record = staging.file(BuildRecord.fileName(description.name()));
            record().write(record);
            delivery.add(record);
            Cancelled.check("Stopped before the finished files got their names");
            delivery.deliver(manifest, outdated());
            return new ImageBuildResult(
                    description.name(),
                    report.sourceSize(),
                    report.sourceStored(),
                    outputs,
                    request.outputDirectory().resolve(manifest.getFileName()),
                    report.facts(),
                    report.outcomes().stream()
                            .map(outcome -> new ImageBuildResult.OperationReport(
                                    outcome.name(), outcome.changes(), outcome.bytes()))
                            .toList(),
                    recorder.steps());
        } catch (IOException failure) {
            Cancelled.check("Stopped writing the files beside the images");
            throw DiskFull.recognise(request.outputDirectory(), failure)
                    .orElseGet(() -> ImageException.of(
                            ImageException.Kind.ENVIRONMENT,
                            "Cannot write to " + request.outputDirectory(),
                            String.valueOf(failure.getMessage()),
                            "Check that the directory can be written.",
                            failure));
        }
    }

    /** Reads each disk once. */
    private List<WrittenOutput> write() {
        List<DigestAlgorithm> algorithms = DigestAlgorithm.of(description.checksums());
        List<DiskLayout> layouts = report.disks().stream()
                .map(disk -> Objects.requireNonNull(disk.layout(), "a build has a layout"))
                .toList();
        Exec exec = new ToldExec(new ProcessExec(), recorder);
        return new Steps(recorder).run("write", step -> {
            LongConsumer position =
                    step.copying(layouts.stream().mapToLong(DiskLayout::size).sum());
            List<WrittenOutput> written = new ArrayList<>();
            long done = 0;
            for (int i = 0; i < layouts.size(); i++) {
                long before = done;
                written.addAll(OutputWriters.write(
                        layouts.get(i), targets(i), algorithms, exec, bytes -> position.accept(before + bytes)));
                done += layouts.get(i).size();
            }
            step.bytes(written.stream().mapToLong(WrittenOutput::storedSize).sum());
            step.detail(written.size() + (written.size() == 1 ? " output" : " outputs") + ", "
                    + String.join(", ", description.checksums()));
            return written;
        });
    }

    private List<OutputTarget> targets(int disk) {
        return planned.stream()
                .filter(output -> output.disk() == disk)
                .map(output -> new OutputTarget(output, staging.file(output.fileName())))
                .toList();
    }

    /** Puts the files beside an image and queues all for delivery: images come before the files that speak of them. */
    private ImageBuildResult.Output stage(WrittenOutput output) throws IOException {
        PlannedOutput plan = output.output();
        Map<String, Path> beside = new LinkedHashMap<>(Sidecars.write(output.path(), output.digests()));
        if (plan.sidecarExtensions().contains("meta")) {
            Path meta = staging.file(plan.fileName() + ".meta");
            MetaFile.write(meta, properties, plan.format().word());
            beside.put("meta", meta);
            Path variant = staging.file(plan.fileName() + ".variant");
            VariantFile.write(variant, plan.fileName(), plan.format().word(), properties);
            beside.put("variant", variant);
        }
        Path image = delivery.add(output.path());
        Map<String, Path> sidecars = new LinkedHashMap<>();
        beside.forEach((extension, file) -> sidecars.put(plan.artifactType() + "." + extension, delivery.add(file)));
        return new ImageBuildResult.Output(
                image,
                plan.format().word(),
                plan.artifactType(),
                plan.classifier(),
                output.virtualSize(),
                output.storedSize(),
                output.digests(),
                sidecars);
    }

    /** Sidecars that an earlier build may have left beside images of these names. */
    private List<Path> outdated() {
        return planned.stream()
                .flatMap(output -> BesideImage.of(request.outputDirectory(), output).stream())
                .toList();
    }

    private BuildRecord record() {
        return BuildRecord.of(
                description.name(),
                request.version(),
                start,
                Duration.between(start, Instant.now()),
                recorder.steps().stream()
                        .map(step -> BuildRecord.Step.of(
                                step.step(), Duration.ofNanos((long) (step.seconds() * 1e9)), step.bytes()))
                        .toList(),
                BuildRecord.Host.current(report.tools()));
    }
}
