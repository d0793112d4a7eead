package io.imagewright.worker;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import io.imagewright.customise.Customise;
import io.imagewright.disk.DiskFull;
import io.imagewright.disk.SourceImage;
import io.imagewright.error.ImageException;
import io.imagewright.exec.Exec;
import io.imagewright.guest.Recognition;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.Steps;

/** A guest job: opens the source, and does with it what the job is for. Runs in the worker's JVM. */
final class GuestWork {

    private final GuestJob job;
    private final Exec exec;
    private final Steps steps;
    private final GuestSysprep sysprep;
    private final Customise customise;

    /** Checks what the job asks for, before any work. */
    GuestWork(GuestJob job, Exec exec, ProgressListener listener) {
        this.job = job;
        this.exec = exec;
        this.steps = new Steps(listener);
        this.sysprep = new GuestSysprep(job);
        this.customise = Customise.of(job.customise(), job.baseDirectory());
    }

    GuestReport run() {
        SourceImage source = steps.run("source", step -> {
            SourceImage opened = SourceImage.open(job.media(), job.format(), job.baseDirectory(), exec);
            step.bytes(opened.storedSize());
            step.detail(opened.format() + ", " + (opened.virtualSize() >> 20) + " MiB");
            return opened;
        });
        if (job.purpose() == GuestJob.Purpose.DIGEST && !source.isRaw()) {
            return digest(source, SourceDigest.start(source, List.of(), DigestMemory.of(job)));
        }
        try (WorkingDisk disk = openDisk(source)) {
            disk.table().complaint().ifPresent(steps::warn);
            disk.complaints().forEach(steps::warn);
            return work(OpenedJob.of(job, sysprep.mounting(), source, disk, exec, steps));
        } catch (IOException failure) {
            throw DiskFull.recognise(job.workDirectory(), failure)
                    .orElseGet(() -> ImageException.of(
                            ImageException.Kind.ENVIRONMENT,
                            "Cannot work on " + source.path().getFileName(),
                            String.valueOf(failure.getMessage()),
                            "Check the medium and the file system that holds the work directory.",
                            failure));
        }
    }

    private WorkingDisk openDisk(SourceImage source) throws IOException {
        return source.isRaw()
                ? WorkingDisk.open(source, job.workDirectory(), exec, done -> {})
                : steps.run("extract", step -> {
                    FreeSpace.require(job.workDirectory(), source.copySize(), job.outputDirectory(), 0);
                    return WorkingDisk.open(source, job.workDirectory(), exec, step.copying(source.virtualSize()));
                });
    }

    private GuestReport work(OpenedJob open) throws IOException {
        MediumAsItIs asItIs = new MediumAsItIs(open, sysprep);
        Optional<Recognition.Unsupported> unsupported = job.allowUnsupported() && !open.decidesLate()
                ? new GuestFinder(open.disk(), open.start()).unsupported()
                : Optional.empty();
        if (job.purpose() == GuestJob.Purpose.DIGEST) {
            return digest(
                    open.source(),
                    unsupported.isPresent() || open.decidesLate() ? asItIs.digest() : copiedDigest(open));
        }
        if (unsupported.isPresent()) {
            return asItIs.take(unsupported.get());
        }
        GuestPreparation preparation = new GuestPreparation(open, sysprep, customise);
        return job.purpose() == GuestJob.Purpose.BUILD
                ? new GuestBuild(open, sysprep, preparation, asItIs).run()
                : new GuestLook(open, sysprep, preparation, asItIs).run();
    }

    private static SourceDigest copiedDigest(OpenedJob open) throws IOException {
        WorkingCopies copies = open.copies();
        return SourceDigest.start(
                open.source(), copies.digested(copies.extents(), open.shrinkPlan()), DigestMemory.of(open.job()));
    }

    private GuestReport digest(SourceImage source, SourceDigest digest) {
        return steps.run(
                "source digest",
                step -> Reports.digest(source, digest.await(), ToolVersions.of(exec, source, sysprep, true)));
    }
}
