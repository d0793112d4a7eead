package io.imagewright.build;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.Sidecars;
import io.imagewright.disk.DiskFull;
import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.Extent;
import io.imagewright.disk.LayoutFile;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ProcessExec;
import io.imagewright.finished.Signing;
import io.imagewright.format.GuestInfo;
import io.imagewright.format.OutputTarget;
import io.imagewright.format.OutputWriters;
import io.imagewright.format.PlannedOutput;
import io.imagewright.format.WrittenOutput;
import io.imagewright.job.GuestReport;
import io.imagewright.manifest.BuildRecord;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.manifest.MetaFile;
import io.imagewright.manifest.VariantFile;
import io.imagewright.progress.Counted;
import io.imagewright.progress.LoggingExec;
import io.imagewright.progress.Steps;
import io.imagewright.report.ReportPage;
import io.imagewright.sbom.SbomFile;
import io.imagewright.sbom.SbomImage;
import io.imagewright.signature.GpgSigner;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.PropertyLimits;
import io.imagewright.staging.Cancelled;
import io.imagewright.staging.Delivery;
import io.imagewright.staging.WorkDirectory;

/** The last part of the build: outputs with their digests, the files beside them, the manifest, and their final names. */
public final class Finishing {

    private final ImageBuildRequest request;
    private final String requestDigest;
    private final ImageDescription description;
    private final List<PlannedOutput> planned;
    private final WorkDirectory staging;
    private final GuestReport report;
    private final Recorder recorder;
    private final Instant start;
    private final boolean sbom;
    private final Delivery delivery;
    private final Signing signing;
    private final SortedMap<String, String> properties;

    /** @param sbom whether a bill of materials is written */
    public Finishing(
            ImageBuildRequest request,
            String requestDigest,
            List<PlannedOutput> planned,
            WorkDirectory staging,
            GuestReport report,
            Recorder recorder,
            Instant start,
            boolean sbom) {
        this.request = request;
        this.requestDigest = requestDigest;
        this.description = request.description();
        this.planned = List.copyOf(planned);
        this.staging = staging;
        this.report = report;
        this.recorder = recorder;
        this.start = start;
        this.sbom = sbom;
        this.delivery = new Delivery(request.outputDirectory());
        this.signing = new Signing(request.signing(), request.outputDirectory());
        this.properties = new TreeMap<>(report.facts().properties());
        // what the user says wins over what was found
        properties.putAll(description.properties());
    }

    public ImageBuildResult run() {
        // those that were found have been looked at by the inspection
        Steps steps = new Steps(recorder);
        new TreeMap<>(description.properties())
                .forEach((name, value) -> PropertyLimits.complaint(name, value).ifPresent(steps::warn));
        try {
            List<WrittenOutput> written = write();
            written.forEach(output -> output.remarks().forEach(steps::warn));
            List<ImageBuildResult.Output> outputs = new ArrayList<>();
            for (WrittenOutput output : written) {
                outputs.add(stage(output));
            }
            Path manifest = staging.file(ManifestFile.fileName(description.name(), request.version()));
            Path materials = sbom ? stageSbom() : null;
            ManifestFile.write(
                    manifest,
                    Manifests.of(
                            request,
                            ScmCheckout.origin(request),
                            requestDigest,
                            report,
                            properties,
                            written,
                            materials == null ? null : String.valueOf(materials.getFileName())));
            signing.add(manifest);
            Map<Path, Path> signatures = signing.sign(delivery, recorder);
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
                    materials,
                    report.facts(),
                    report.outcomes().stream()
                            .map(outcome -> new ImageBuildResult.OperationReport(
                                    outcome.name(), outcome.changes(), outcome.bytes()))
                            .toList(),
                    recorder.steps(),
                    signatures);
        } catch (IOException failure) {
            Cancelled.check("Stopped writing the files beside the images");
            throw DiskFull.recognise(request.outputDirectory(), failure)
                    .orElseGet(() -> ImageException.of(
                            ImageException.Kind.ENVIRONMENT,
                            "Cannot write to " + request.outputDirectory(),
                            FileFailure.reason(failure),
                            "Check that the directory can be written.",
                            failure));
        }
    }

    /** What is read once, a disk or the guest's files, and what is made of it. */
    private record Reading(DiskLayout layout, List<OutputTarget> targets) {}

    private List<WrittenOutput> write() throws IOException {
        List<DigestAlgorithm> algorithms = DigestAlgorithm.of(description.checksums());
        List<Reading> readings = readings();
        GuestInfo guest = GuestInfos.of(report, description.name(), request.version());
        Exec exec = new LoggingExec(new ProcessExec(), recorder);
        return new Steps(recorder).run("write", step -> {
            LongConsumer position = step.copying(readings.stream()
                    .mapToLong(reading -> reading.layout().size())
                    .sum());
            List<WrittenOutput> written = new ArrayList<>();
            long done = 0;
            for (Reading reading : readings) {
                long before = done;
                written.addAll(OutputWriters.write(
                        reading.layout(),
                        reading.targets(),
                        algorithms,
                        guest,
                        exec,
                        bytes -> position.accept(before + bytes)));
                done += reading.layout().size();
            }
            written.sort(Comparator.comparing(output -> planned.indexOf(output.output())));
            step.bytes(written.stream().mapToLong(WrittenOutput::storedSize).sum());
            step.detail(Counted.of(written.size(), "output") + ", " + String.join(", ", description.checksums()));
            return written;
        });
    }

    private List<Reading> readings() throws IOException {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < report.disks().size(); i++) {
            int disk = i;
            DiskLayout layout = Objects.requireNonNull(report.disks().get(i).layout(), "a build has a layout");
            readings.add(new Reading(layout, targets(output -> !output.format().holdsTree() && output.disk() == disk)));
        }
        List<OutputTarget> ofTheTree = targets(output -> output.format().holdsTree());
        if (!ofTheTree.isEmpty()) {
            readings.add(new Reading(tree(ofTheTree.get(0).output()), ofTheTree));
        }
        readings.removeIf(reading -> reading.targets().isEmpty());
        return readings;
    }

    private DiskLayout tree(PlannedOutput wanted) throws IOException {
        Path tree = report.tree();
        if (tree == null) {
            throw ImageException.of(
                    ImageException.Kind.UNSUPPORTED,
                    "Cannot write " + wanted.fileName(),
                    "the format " + wanted.format().word()
                            + " holds the guest's files, and what lies on the disks is not known",
                    "Leave the format out, or choose one that holds the disk.");
        }
        return LayoutFile.read(tree);
    }

    private List<OutputTarget> targets(Predicate<PlannedOutput> wanted) {
        return planned.stream()
                .filter(wanted)
                .map(output -> new OutputTarget(
                        output,
                        staging.file(output.fileName()),
                        output.format().isPartition() ? firstPartition() : null))
                .toList();
    }

    /** Of the first disk; that there is one is among the rules of a dump. */
    private Extent firstPartition() {
        return report.disks().get(0).partitions().stream()
                .map(partition -> new Extent(partition.offset(), partition.size()))
                .min(Comparator.comparingLong(Extent::offset))
                .orElseThrow();
    }

    /** Puts the files beside an image and queues all for delivery: images come before the files that speak of them. */
    private ImageBuildResult.Output stage(WrittenOutput output) throws IOException {
        PlannedOutput plan = output.output();
        Map<String, Path> beside = new LinkedHashMap<>(Sidecars.write(output.path(), output.digests()));
        if (plan.isDeployed()) {
            Path meta = staging.file(plan.fileName() + ".meta");
            MetaFile.write(meta, properties, plan.format().word());
            beside.put("meta", meta);
            Path variant = staging.file(plan.fileName() + ".variant");
            VariantFile.write(variant, plan.fileName(), plan.format().word(), properties);
            beside.put("variant", variant);
        }
        Path image = delivery.add(output.path());
        signing.add(output.path());
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

    /** What identifies the image: what it was made from, and how. */
    private Path stageSbom() throws IOException {
        String sources = report.disks().stream().map(GuestReport.Disk::digest).collect(Collectors.joining(" "));
        Path file = staging.file(SbomFile.fileName(description.name(), request.version()));
        SbomFile.write(
                file,
                new SbomImage(
                        description.name(),
                        request.version(),
                        requestDigest + " " + sources,
                        report.timestamp(),
                        report.tools().getOrDefault("imagewright", "")),
                report.facts(),
                report.contents());
        signing.add(file);
        return delivery.add(file);
    }

    /** What an earlier build, or a look at its image, may have left beside images of these names. */
    private List<Path> outdated() {
        Path sbom = request.outputDirectory().resolve(SbomFile.fileName(description.name(), request.version()));
        Path page = request.outputDirectory().resolve(ReportPage.fileName(description.name(), request.version()));
        return Stream.of(
                        planned.stream().flatMap(output -> BesideImage.of(request.outputDirectory(), output).stream()),
                        Stream.of(sbom, GpgSigner.signatureOf(sbom), page),
                        signing.outdated().stream())
                .flatMap(paths -> paths)
                .distinct()
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
                BuildRecord.Host.current(report.tools()),
                new BuildRecord.Size(report.sourceSize(), report.sourceStored()),
                report.contents().tree());
    }
}
