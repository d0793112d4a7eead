package io.imagewright.worker;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.imagewright.disk.Extent;
import io.imagewright.guest.Engine;
import io.imagewright.guest.Extlinux;
import io.imagewright.guest.Facts;
import io.imagewright.guest.Guest;
import io.imagewright.guest.Inspector;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.direct.DirectEngine;
import io.imagewright.progress.Steps;
import io.imagewright.shrink.ShrinkPlan;

/** Takes the source apart, prepares the guest in working copies, shrinks and cleans it, and puts the disk together again. */
final class GuestBuild {

    private final OpenedJob open;
    private final GuestJob job;
    private final WorkingDisk disk;
    private final Steps steps;
    private final GuestSysprep sysprep;
    private final GuestPreparation preparation;
    private final MediumAsItIs asItIs;

    GuestBuild(OpenedJob open, GuestSysprep sysprep, GuestPreparation preparation, MediumAsItIs asItIs) {
        this.open = open;
        this.job = open.job();
        this.disk = open.disk();
        this.steps = open.steps();
        this.sysprep = sysprep;
        this.preparation = preparation;
        this.asItIs = asItIs;
    }

    /** What came of the guest. */
    private record Prepared(Facts facts, GuestPreparation.Prepared work) {}

    GuestReport run() throws IOException {
        ShrinkPlan plan = open.shrinkPlan();
        boolean extlinux = open.bootsByExtlinux(plan);
        DiskAssembly assembly = new DiskAssembly(disk, job.workDirectory());
        assembly.requireSize(plan, job.shrinkFree() != null, job.size());
        SourceDigest digest = copy(plan);
        open.checkCopies();
        Prepared prepared;
        NewIds ids;
        long shrunk = 0;
        try (Engine engine = open.start()) {
            Medium medium = new GuestFinder(disk, engine).find(steps::warn);
            if (medium instanceof Medium.Unsupported unsupported) {
                if (open.decidesLate()) {
                    return asItIs.take(unsupported.why());
                }
                throw unsupported.why().refusal();
            }
            if (medium instanceof Medium.ReadOnly readOnly) {
                return new ReadOnlyGuest(open, sysprep, asItIs).take(engine, readOnly);
            }
            Medium.Served served = (Medium.Served) medium;
            prepared = prepare(engine, served);
            ids = new NewIds(prepared.work().volumes(), engine.volumes());
            if (open.libguestfs().isPresent()) {
                steps.perform("trim", step -> engine.clean(steps::warn));
                ids.set(engine, steps);
                shrunk = shrinkInEngine(engine, served.mounts(), plan, extlinux);
            }
        }
        cleanFat();
        shrunk += shrinkHere(plan, extlinux);
        ids.set(disk, open.ext(), steps);
        steps.perform(
                "clean", step -> open.extVolumes().forEach(file -> open.ext().finish(file.file(), file.subject())));
        DiskAssembly.Finished finished = assembly.finish(plan, shrunk, job.shrinkFree() != null, job.size());
        return new Reports(open.source(), disk, sysprep, open.now())
                .build(
                        prepared.facts(),
                        prepared.work().outcomes(),
                        finished.table(),
                        finished.layout(),
                        plan.swap(),
                        digest.await(),
                        ToolVersions.of(
                                open.exec(),
                                open.source(),
                                sysprep,
                                open.libguestfs().isPresent()));
    }

    private SourceDigest copy(ShrinkPlan plan) throws IOException {
        return steps.run("copy", step -> {
            WorkingCopies copies = open.copies();
            Map<Integer, List<Extent>> extents = copies.extents();
            copies.requireSpace(extents);
            SourceDigest digest = open.decidesLate()
                    ? asItIs.digest()
                    : SourceDigest.start(open.source(), copies.digested(extents, plan), DigestMemory.of(job));
            long total = extents.values().stream()
                    .flatMap(List::stream)
                    .mapToLong(Extent::length)
                    .sum();
            copies.make(extents, plan, step.copying(total));
            step.bytes(total);
            return digest;
        });
    }

    private Prepared prepare(Engine engine, Medium.Served served) throws IOException {
        try (Guest guest = engine.open(served.mounts(), true)) {
            Facts before = open.facts(engine, guest, served.mounts());
            GuestPreparation.Prepared work = preparation.run(guest, before);
            Facts after = Inspector.after(before.with(work.volumes()), guest);
            after.warnings().stream()
                    .filter(warning -> !before.warnings().contains(warning))
                    .forEach(steps::warn);
            return new Prepared(after, work);
        }
    }

    private boolean isExt(int number) {
        return disk.volumes().stream().anyMatch(volume -> volume.partition() == number && volume.isExt());
    }

    /** Shrinks the last partition when only the engine can do it; gives the bytes that it needs from now on. */
    private long shrinkInEngine(Engine engine, List<Mount> mounts, ShrinkPlan plan, boolean extlinux) {
        Long free = job.shrinkFree();
        if (free == null || plan.target() == ShrinkPlan.NONE || (isExt(plan.target()) && !extlinux)) {
            return 0;
        }
        Optional<Extlinux> loader = Optional.empty();
        if (extlinux) {
            try (Guest guest = engine.open(mounts, false)) {
                loader = Extlinux.of(guest);
            }
            if (loader.isEmpty()) {
                steps.skip(
                        "shrink",
                        "partition " + plan.target()
                                + " boots by extlinux, which must find its files again, and the guest"
                                + " has no program extlinux or no configuration for it");
                return 0;
            }
        }
        long before = disk.volumes().stream()
                .filter(volume -> volume.partition() == plan.target())
                .mapToLong(Volume::length)
                .sum();
        List<String> update = loader.map(Extlinux::update).orElse(List.of());
        return steps.run("shrink", step -> {
            long size = engine.shrink(plan.target(), free);
            if (!update.isEmpty()) {
                try (Guest guest = engine.open(mounts, true)) {
                    guest.programs().orElseThrow().run(update);
                }
            }
            tellShrunk(step, plan.target(), before, size);
            return size;
        });
    }

    private static void tellShrunk(Steps.Running step, int number, long before, long size) {
        step.bytes(before - size);
        step.detail("partition " + number + ": " + (before >> 20) + " to " + (size >> 20) + " MiB");
    }

    /** What the engine deleted on FAT leaves names and clusters behind. */
    private void cleanFat() throws IOException {
        if (open.libguestfs().isPresent()) {
            for (Volume volume : disk.volumes()) {
                if (volume.type().equals("vfat")) {
                    disk.cleanFat(volume);
                }
            }
        }
    }

    /** Shrinks the last file system, if it is ext2/3/4, and rewrites the directories of the others; gives bytes of the shrunk partition. */
    private long shrinkHere(ShrinkPlan plan, boolean extlinux) {
        for (Volume volume : disk.volumes()) {
            if (volume.isExt() && volume.partition() != plan.target()) {
                VolumeFile file = disk.file(volume.partition());
                open.ext().rewriteDirectories(file.file(), file.subject());
            }
        }
        Long free = job.shrinkFree();
        if (free == null || plan.target() == ShrinkPlan.NONE) {
            steps.skip("shrink", plan.reason());
            return 0;
        }
        if (!isExt(plan.target()) || extlinux) {
            return 0;
        }
        return steps.run("shrink", step -> {
            VolumeFile file = disk.file(plan.target());
            long before = DirectEngine.size(file);
            long size = open.ext()
                    .shrink(
                            file.file(),
                            file.subject(),
                            free,
                            job.workDirectory().resolve("scratch.img"));
            tellShrunk(step, plan.target(), before, size);
            return size;
        });
    }
}
