package io.imagewright.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.imagewright.customise.Customise;
import io.imagewright.disk.DiskFull;
import io.imagewright.disk.Extent;
import io.imagewright.disk.SourceImage;
import io.imagewright.error.ImageException;
import io.imagewright.exec.Exec;
import io.imagewright.guest.Facts;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Inspector;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Recognition;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeBootCode;
import io.imagewright.guest.direct.DirectEngine;
import io.imagewright.guest.direct.VolumeFile;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.Steps;
import io.imagewright.shrink.ShrinkPlan;

/** The guest job: takes the source apart, prepares the guest, shrinks and cleans it. Runs in the worker's JVM. */
final class GuestWork {

    private final GuestJob job;
    private final Exec exec;
    private final Steps steps;
    private final GuestSysprep sysprep;
    private final Customise customise;

    /** Checks what the job asks for, before any work. */
    GuestWork(GuestJob job, Exec exec, ProgressListener listener) {
        Engines.requireDirect(job.engine());
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
            return digest(source, SourceDigest.start(source, List.of(), memory()));
        }
        try (WorkingDisk disk = openDisk(source)) {
            disk.table().complaint().ifPresent(steps::warn);
            long now = job.timestamp() != null ? job.timestamp() : lastWrite(disk);
            DirectEngine engine = new DirectEngine(exec, now);
            Optional<Recognition.Unsupported> unsupported =
                    job.allowUnsupported() ? new GuestFinder(disk, engine).unsupported() : Optional.empty();
            if (unsupported.isPresent()) {
                return takeAsItIs(source, disk, unsupported.get(), now);
            }
            return switch (job.purpose()) {
                case BUILD -> build(source, disk, engine, now);
                case DIGEST -> digest(source, digest(source, disk, engine));
                case INSPECT, PLAN -> look(source, disk, engine, now);
            };
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

    private GuestReport takeAsItIs(SourceImage source, WorkingDisk disk, Recognition.Unsupported why, long now)
            throws IOException {
        MediumAsItIs medium = new MediumAsItIs(job, source, disk, sysprep, steps, why);
        Reports reports = new Reports(source, disk, sysprep, now);
        return switch (job.purpose()) {
            case BUILD -> medium.build(reports, memory(), exec);
            case DIGEST -> digest(source, medium.digest(memory()));
            case INSPECT -> medium.inspection(reports);
            case PLAN -> medium.plan(reports);
        };
    }

    private WorkingDisk openDisk(SourceImage source) throws IOException {
        return source.isRaw()
                ? WorkingDisk.open(source, job.workDirectory(), exec, done -> {})
                : steps.run("extract", step -> {
                    FreeSpace.require(job.workDirectory(), source.copySize(), job.outputDirectory(), 0);
                    return WorkingDisk.open(source, job.workDirectory(), exec, step.copying(source.virtualSize()));
                });
    }

    /** A time that belongs to the source, so that the same source gives the same bytes. */
    private static long lastWrite(WorkingDisk disk) {
        return disk.volumes().stream()
                .filter(Volume::isExt)
                .mapToLong(volume -> DirectEngine.lastWrite(disk.file(volume.partition())))
                .max()
                .orElse(0);
    }

    private GuestReport digest(SourceImage source, SourceDigest digest) {
        return steps.run("source digest", step -> Reports.digest(source, digest.await(), tools(source)));
    }

    private SortedMap<String, String> tools(SourceImage source) {
        SortedMap<String, String> tools = ToolVersions.read(exec, !source.isRaw());
        tools.putAll(sysprep.origins());
        return tools;
    }

    private SourceDigest digest(SourceImage source, WorkingDisk disk, DirectEngine engine) throws IOException {
        WorkingCopies copies = new WorkingCopies(job, disk, engine, steps);
        return SourceDigest.start(source, copies.digested(copies.extents(), shrinkPlan(disk)), memory());
    }

    private DigestMemory memory() {
        DigestMemory memory = DigestMemory.ofUser(System.getenv());
        return job.readAnew() ? memory.forgetful() : memory;
    }

    private GuestReport look(SourceImage source, WorkingDisk disk, DirectEngine engine, long now) throws IOException {
        if (settled(disk) && !job.repair()) {
            requireSound(source, disk, engine);
        } else {
            // what the journal holds, or repairs, is not in place yet: look at a copy
            WorkingCopies copies = new WorkingCopies(job, disk, engine, steps);
            Map<Integer, List<Extent>> extents = copies.extents();
            copies.requireSpace(extents);
            steps.perform("copy", step -> copies.make(extents, ShrinkPlan.nothing(""), step.copying(0)));
            prepare(disk, engine);
        }
        List<Mount> mounts = new GuestFinder(disk, engine).require(steps::warn);
        try (Guest guest = engine.open(files(disk, mounts), false)) {
            Facts facts = facts(guest, disk, mounts);
            Reports reports = new Reports(source, disk, sysprep, now);
            return job.purpose() == GuestJob.Purpose.PLAN
                    ? reports.plan(
                            facts,
                            preparation(disk, now).plan(guest, facts).outcomes(),
                            shrinkPlan(disk).describe())
                    : reports.inspection(facts);
        }
    }

    private GuestPreparation preparation(WorkingDisk disk, long now) throws IOException {
        return new GuestPreparation(sysprep, customise, new DiskSurroundings(disk, shrinkPlan(disk)), steps, now);
    }

    /** Refuses what a build would refuse. Nothing that comes later is safe from a damaged file system. */
    private void requireSound(SourceImage source, WorkingDisk disk, DirectEngine engine) throws IOException {
        // a name of our own for it: e2fsck takes what follows a question mark for options
        Path link = Files.createSymbolicLink(job.workDirectory().resolve("source"), source.path());
        steps.perform(
                "check",
                step -> disk.volumes().stream()
                        .filter(Volume::isExt)
                        .map(volume -> disk.file(volume.partition()))
                        .map(file -> source.isRaw() ? new VolumeFile(link, file.offset(), file.subject()) : file)
                        .forEach(engine::requireSound));
    }

    private static boolean settled(WorkingDisk disk) {
        return disk.volumes().stream()
                .filter(Volume::isExt)
                .allMatch(volume -> DirectEngine.isSettled(disk.file(volume.partition())));
    }

    private GuestReport build(SourceImage source, WorkingDisk disk, DirectEngine engine, long now) throws IOException {
        ShrinkPlan plan = shrinkPlan(disk);
        DiskAssembly assembly = new DiskAssembly(disk, job.workDirectory());
        assembly.requireSize(plan, job.shrinkFree() != null, job.size());
        SourceDigest digest = copy(source, disk, engine, plan);
        prepare(disk, engine);
        List<Mount> mounts = new GuestFinder(disk, engine).require(steps::warn);
        Facts facts;
        GuestPreparation.Prepared prepared;
        try (Guest guest = engine.open(files(disk, mounts), true)) {
            facts = facts(guest, disk, mounts);
            prepared = preparation(disk, now).run(guest, facts);
            facts = again(facts.with(prepared.volumes()), guest);
        }
        long shrunk = shrink(disk, engine, plan);
        NewIds.set(disk, engine, prepared.volumes(), steps);
        steps.perform(
                "clean",
                step -> disk.volumes().stream()
                        .filter(Volume::isExt)
                        .map(volume -> disk.file(volume.partition()))
                        .forEach(file -> engine.finish(file.file(), file.subject())));
        DiskAssembly.Finished finished = assembly.finish(plan, shrunk, job.shrinkFree() != null, job.size());
        return new Reports(source, disk, sysprep, now)
                .build(
                        facts,
                        prepared.outcomes(),
                        finished.table(),
                        finished.layout(),
                        plan.swap(),
                        digest.await(),
                        tools(source));
    }

    private ShrinkPlan shrinkPlan(WorkingDisk disk) throws IOException {
        if (job.shrinkFree() == null) {
            return ShrinkPlan.nothing("shrink is off");
        }
        ShrinkPlan plan = ShrinkPlan.of(disk.volumes());
        return plan.target() != ShrinkPlan.NONE && VolumeBootCode.isSyslinux(disk.bootSector(plan.target()))
                ? plan.keeping(
                        "Unable to shrink partition: " + plan.target() + ". Reason: It boots by extlinux, which looks "
                                + "for its files at fixed blocks; only `extlinux -U' in the guest could mend that.")
                : plan;
    }

    private SourceDigest copy(SourceImage source, WorkingDisk disk, DirectEngine engine, ShrinkPlan plan)
            throws IOException {
        return steps.run("copy", step -> {
            WorkingCopies copies = new WorkingCopies(job, disk, engine, steps);
            Map<Integer, List<Extent>> extents = copies.extents();
            copies.requireSpace(extents);
            SourceDigest digest = SourceDigest.start(source, copies.digested(extents, plan), memory());
            long total = extents.values().stream()
                    .flatMap(List::stream)
                    .mapToLong(Extent::length)
                    .sum();
            copies.make(extents, plan, step.copying(total));
            step.bytes(total);
            return digest;
        });
    }

    private void prepare(WorkingDisk disk, DirectEngine engine) {
        steps.perform(
                "check",
                step -> disk.volumes().stream()
                        .filter(Volume::isExt)
                        .map(volume -> disk.file(volume.partition()))
                        .forEach(file -> engine.prepare(file.file(), file.subject(), job.repair())));
    }

    private static Map<GuestPath, VolumeFile> files(WorkingDisk disk, List<Mount> mounts) {
        Map<GuestPath, VolumeFile> files = new TreeMap<>();
        mounts.forEach(mount -> files.put(mount.point(), disk.file(mount.partition())));
        return files;
    }

    private Facts facts(Guest guest, WorkingDisk disk, List<Mount> mounts) throws IOException {
        return steps.run("inspect", step -> {
            Facts facts =
                    Inspector.facts(guest, disk.volumes(), mounts, disk.table().kind(), disk.firstSector());
            step.detail(facts.product());
            facts.warnings().forEach(steps::warn);
            return facts;
        });
    }

    /** The facts after all changes to the guest. */
    private Facts again(Facts before, Guest guest) {
        Facts after = Inspector.after(before, guest);
        after.warnings().stream()
                .filter(warning -> !before.warnings().contains(warning))
                .forEach(steps::warn);
        return after;
    }

    /** Shrinks the last file system and rewrites the directories of the others; gives bytes of the shrunk partition. */
    private long shrink(WorkingDisk disk, DirectEngine engine, ShrinkPlan plan) {
        for (Volume volume : disk.volumes()) {
            if (volume.isExt() && volume.partition() != plan.target()) {
                VolumeFile file = disk.file(volume.partition());
                engine.rewriteDirectories(file.file(), file.subject());
            }
        }
        Long free = job.shrinkFree();
        if (free == null || plan.target() == ShrinkPlan.NONE) {
            steps.skip("shrink", plan.reason());
            return 0;
        }
        return steps.run("shrink", step -> {
            VolumeFile file = disk.file(plan.target());
            long before = DirectEngine.size(file);
            long size = engine.shrink(
                    file.file(), file.subject(), free, job.workDirectory().resolve("scratch.img"));
            step.bytes(before - size);
            step.detail("partition " + plan.target() + ": " + (before >> 20) + " to " + (size >> 20) + " MiB");
            return size;
        });
    }
}
