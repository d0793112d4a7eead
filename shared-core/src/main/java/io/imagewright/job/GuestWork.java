package io.imagewright.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.imagewright.customise.Customise;
import io.imagewright.disk.DiskFull;
import io.imagewright.disk.SourceImage;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.exec.Exec;
import io.imagewright.guest.inspect.Recognition;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.Steps;
import io.imagewright.source.Opening;
import io.imagewright.source.SourceMedium;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.NewDisk;

/** A guest job: opens the sources, and does with it what the job is for. Runs in the worker's JVM. */
public final class GuestWork {

    private final GuestJob job;
    private final Exec exec;
    private final Steps steps;
    private final GuestSysprep sysprep;
    private final Customise customise;

    /** Checks what the job asks for, before any work. */
    public GuestWork(GuestJob job, Exec exec, ProgressListener listener) {
        this.job = job;
        this.exec = exec;
        this.steps = new Steps(listener);
        this.sysprep = new GuestSysprep(job);
        this.customise = Customise.of(
                        job.description().customise(), job.directories().base())
                .without(job.directories().output());
    }

    public GuestReport run() {
        List<SourceMedium> named =
                job.description().source().all().stream().map(this::medium).toList();
        if (job.purpose() == GuestJob.Purpose.DIGEST && named.stream().allMatch(SourceMedium::isPacked)) {
            return digestPacked(named);
        }
        List<List<SourceImage>> media = named.stream().map(this::open).toList();
        List<SourceImage> sources = media.stream().flatMap(List::stream).toList();
        try {
            return run(media, sources);
        } catch (ImageException failure) {
            boolean isOfMedia =
                    failure.kind() == ImageException.Kind.SOURCE || failure.kind() == ImageException.Kind.UNSUPPORTED;
            throw isOfMedia
                    ? failure.about(sources.stream().map(SourceImage::name).toList())
                    : failure;
        }
    }

    private GuestReport run(List<List<SourceImage>> media, List<SourceImage> sources) {
        try {
            WorkingDisks.requireDifferent(media);
            if (job.purpose() != GuestJob.Purpose.DIGEST) { // the build that follows says it
                for (SourceImage source : sources) {
                    source.warnings().forEach(steps::warn);
                }
            }
            if (job.purpose() == GuestJob.Purpose.DIGEST && sources.stream().noneMatch(SourceImage::isRaw)) {
                return digest(
                        sources,
                        sources.stream()
                                .map(source -> SourceDigest.start(source, List.of(), DigestMemory.of(job)))
                                .toList());
            }
            if (job.purpose() == GuestJob.Purpose.CONVERT && !job.outputs().tree()) {
                try (WorkingDisks disks =
                        WorkingDisks.unread(sources, job.directories().work(), exec)) {
                    return new WholeDisks(job, disks, exec, steps).convert(null, new Reports(disks, sysprep, 0));
                }
            }
            try (WorkingDisks disks = openDisks(sources)) {
                disks.all().forEach(disk -> {
                    disk.complaints().forEach(steps::warn);
                });
                return work(OpenedJob.of(job, sysprep.mounting(), disks, exec, steps));
            }
        } catch (IOException failure) {
            throw DiskFull.recognise(job.directories().work(), failure)
                    .orElseGet(() -> ImageException.of(
                            ImageException.Kind.ENVIRONMENT,
                            "Cannot work on "
                                    + sources.stream().map(SourceImage::name).collect(Collectors.joining(", ")),
                            FileFailure.reason(failure),
                            "Check the medium and the file system that holds the work directory.",
                            failure));
        }
    }

    private SourceMedium medium(ImageDescription.Disk disk) {
        NewDisk made = disk.made();
        return made == null
                ? SourceMedium.of(
                        Path.of(disk.media()), disk.format(), job.directories().base())
                : SourceMedium.ofTree(
                        Path.of(disk.media()), made, job.directories().base());
    }

    private List<SourceImage> open(SourceMedium medium) {
        List<SourceImage> unpacked = medium.isPacked() ? medium.open(opening()) : List.of();
        return steps.run("source", step -> {
            List<SourceImage> opened = medium.isPacked() ? unpacked : medium.open(opening());
            step.bytes(opened.stream().mapToLong(SourceImage::storedSize).sum());
            boolean alone = job.description().source().all().size() == 1 && opened.size() == 1;
            step.detail(opened.stream()
                    .map(disk -> (alone ? "" : disk.name() + ", ") + disk.format() + ", " + (disk.virtualSize() >> 20)
                            + " MiB")
                    .collect(Collectors.joining("; ")));
            return opened;
        });
    }

    private Opening opening() {
        return new Opening(job.directories().work().resolve("unpacked"), exec, steps, job.force());
    }

    /** Digests the files as they are. */
    private GuestReport digestPacked(List<SourceMedium> media) {
        return steps.run("source digest", step -> {
            List<SourceDigest> digests = media.stream()
                    .map(medium -> SourceDigest.start(medium.digested(opening()), DigestMemory.of(job)))
                    .toList();
            return Reports.digestPacked(
                    media,
                    digests.stream().map(SourceDigest::await).toList(),
                    ToolVersions.of(exec, true, job.programs(), sysprep, true));
        });
    }

    private WorkingDisks openDisks(List<SourceImage> sources) throws IOException {
        List<SourceImage> containers =
                sources.stream().filter(source -> !source.isRaw()).toList();
        if (containers.isEmpty()) {
            return WorkingDisks.open(sources, job.directories().work(), exec, done -> {});
        }
        return steps.run("extract", step -> {
            long copies = containers.stream().mapToLong(SourceImage::copySize).sum();
            FreeSpace.require(
                    job.directories().work(), copies, job.directories().output(), 0);
            long size = containers.stream().mapToLong(SourceImage::virtualSize).sum();
            return WorkingDisks.open(sources, job.directories().work(), exec, step.copying(size));
        });
    }

    private GuestReport work(OpenedJob open) throws IOException {
        MediumAsItIs asItIs = new MediumAsItIs(open, sysprep);
        Optional<Recognition.Unsupported> unsupported = job.description().allowUnsupported() && !open.decidesLate()
                ? new GuestFinder(open.disks(), open.start()).unsupported()
                : Optional.empty();
        if (job.purpose() == GuestJob.Purpose.DIGEST) {
            return digest(
                    open.disks().sources(),
                    unsupported.isPresent() || open.decidesLate()
                            ? asItIs.digests()
                            : open.digests(open.plans(), open.copies().extents()));
        }
        if (unsupported.isPresent()) {
            return asItIs.take(unsupported.get());
        }
        return job.purpose() == GuestJob.Purpose.BUILD
                ? new GuestBuild(open, sysprep, customise, asItIs).run()
                : new GuestLook(open, sysprep, customise, asItIs).run();
    }

    private GuestReport digest(List<SourceImage> sources, List<SourceDigest> digests) {
        return steps.run(
                "source digest",
                step -> Reports.digest(
                        sources,
                        digests.stream().map(SourceDigest::await).toList(),
                        ToolVersions.of(exec, sources, job.programs(), sysprep, true)));
    }
}
