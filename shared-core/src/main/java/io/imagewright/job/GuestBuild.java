package io.imagewright.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

import io.imagewright.customise.Customise;
import io.imagewright.disk.Extent;
import io.imagewright.exec.OutputLines;
import io.imagewright.guest.Engine;
import io.imagewright.guest.Guest;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.VolumeWork;
import io.imagewright.guest.direct.ExtTools;
import io.imagewright.guest.inspect.Extlinux;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.progress.Steps;
import io.imagewright.shrink.Room;
import io.imagewright.shrink.ShrinkPlan;
import io.imagewright.spec.ImageDescription.Shrink;

/** Takes the sources apart, prepares the guest in working copies, shrinks and cleans it, and puts the disks together again. */
final class GuestBuild {

    private final OpenedJob open;
    private final GuestJob job;
    private final WorkingDisks disks;
    private final Steps steps;
    private final GuestSysprep sysprep;
    private final Customise customise;
    private final MediumAsItIs asItIs;

    GuestBuild(OpenedJob open, GuestSysprep sysprep, Customise customise, MediumAsItIs asItIs) {
        this.open = open;
        this.job = open.job();
        this.disks = open.disks();
        this.steps = open.steps();
        this.sysprep = sysprep;
        this.customise = customise;
        this.asItIs = asItIs;
    }

    GuestReport run() throws IOException {
        List<DiskPlan> plans = open.plans();
        SizeCheck sizes = new SizeCheck(open, sysprep, customise);
        sizes.requirePossible(plans);
        SourceCheck check = new SourceCheck(open);
        check.sources();
        sizes.require(plans);
        List<SourceDigest> digests = copy(plans);
        check.copies();
        open.extVolumes().forEach(file -> open.ext().prepare(file.file(), file.subject()));
        GuestPreparation.Prepared prepared;
        FinishedGuest guest;
        Optional<FinishedGuest.Found> seen;
        NewIds ids;
        Map<Integer, Long> shrunk = new HashMap<>();
        try (Engine engine = open.start()) {
            Medium medium = open.find(engine);
            if (medium instanceof Medium.Unsupported unsupported) {
                if (open.decidesLate()) {
                    return asItIs.take(unsupported.recognition());
                }
                throw unsupported.recognition().refusal();
            }
            if (medium instanceof Medium.ReadOnly readOnly) {
                return new ReadOnlyGuest(open, sysprep, asItIs).take(engine, readOnly);
            }
            Medium.Served served = (Medium.Served) medium;
            prepared = prepare(engine, served);
            ids = new NewIds(prepared.volumes(), engine.volumes());
            Optional<VolumeWork> work = engine.volumeWork();
            if (work.isPresent()) {
                steps.perform("trim", step -> work.get().clean(steps::warn));
                ids.set(work.get(), steps);
                for (DiskPlan plan : plans) {
                    shrinkInEngine(engine, work.get(), served.mounts(), plan, prepared.facts(), shrunk);
                }
            }
            guest = new FinishedGuest(open, served.mounts(), prepared.facts());
            seen = guest.look(engine);
        }
        cleanFat();
        shrinkHere(plans, prepared.facts(), shrunk);
        ids.set(disks, open.ext(), steps);
        steps.perform(
                "clean", step -> open.extVolumes().forEach(file -> open.ext().finish(file.file(), file.subject())));
        List<DiskAssembly.Finished> finished = new ArrayList<>();
        for (DiskPlan plan : plans) {
            finished.add(DiskAssembly.of(job, plan)
                    .finish(shrunk.getOrDefault(plan.shrink().target(), 0L)));
        }
        FinishedGuest.Found found = seen.isPresent() ? seen.get() : guest.look();
        return new Reports(disks, sysprep, open.now())
                .build(
                        found,
                        prepared.outcomes(),
                        finished,
                        plans.get(0).shrink().swap(),
                        digests.stream().map(SourceDigest::await).toList(),
                        ToolVersions.of(
                                open.exec(),
                                disks.sources(),
                                job.programs(),
                                sysprep,
                                open.selection().mounts()));
    }

    /** The size that is asked for is that of the first disk. */
    private List<SourceDigest> copy(List<DiskPlan> plans) throws IOException {
        return steps.run("copy", step -> {
            WorkingCopies copies = open.copies();
            Map<Integer, List<Extent>> extents = copies.extents();
            copies.requireSpace(extents);
            List<SourceDigest> digests = open.decidesLate() ? asItIs.digests() : open.digests(plans, extents);
            Set<Integer> removed = new HashSet<>();
            plans.forEach(plan -> removed.addAll(plan.shrink().removed()));
            long total = extents.values().stream()
                    .flatMap(List::stream)
                    .mapToLong(Extent::length)
                    .sum();
            copies.make(extents, removed, step.copying(total));
            step.bytes(total);
            return digests;
        });
    }

    private GuestPreparation.Prepared prepare(Engine engine, Medium.Served served) throws IOException {
        try (Guest guest = engine.open(served.mounts(), true)) {
            Facts before = open.facts(engine, guest, served.mounts());
            return new GuestPreparation(open, engine, sysprep, customise).run(guest, before);
        }
    }

    /**
     * Shrinks the last partition of a disk when only the engine can do it.
     *
     * @param shrunk takes the bytes that it needs from now on, by its number
     */
    private void shrinkInEngine(
            Engine engine, VolumeWork work, List<Mount> mounts, DiskPlan plan, Facts facts, Map<Integer, Long> shrunk)
            throws IOException {
        int target = plan.shrink().target();
        boolean extlinux = open.bootsByExtlinux(plan);
        if (target == ShrinkPlan.NONE || (disks.isExt(target) && !extlinux)) {
            return;
        }
        long before = disks.volumes().stream()
                .filter(volume -> volume.partition() == target)
                .mapToLong(Volume::length)
                .sum();
        List<String> update = extlinux ? loaderUpdate(engine, mounts) : List.of();
        if (extlinux && update.isEmpty()) {
            steps.skip(
                    "shrink",
                    ShrinkPlan.unable(
                            target,
                            "It boots by extlinux, which must find its files again, and the guest has no program"
                                    + " extlinux or no configuration for it."));
            shrunk.put(target, before);
            return;
        }
        shrunk.put(target, steps.run("shrink", step -> {
            long size = shrink(plan, facts, step, free -> work.shrink(target, free));
            if (!update.isEmpty()) {
                try (Guest guest = engine.open(mounts, true)) {
                    guest.programs().orElseThrow().run(update, new OutputLines(line -> step.output("extlinux", line)));
                }
            }
            logShrunk(step, target, before, size);
            return size;
        }));
    }

    /** What has the guest's loader find its files again; empty when the guest cannot. */
    private static List<String> loaderUpdate(Engine engine, List<Mount> mounts) {
        try (Guest guest = engine.open(mounts, false)) {
            return Extlinux.of(guest).map(Extlinux::update).orElse(List.of());
        }
    }

    private static void logShrunk(Steps.Running step, int number, long before, long size) {
        step.bytes(before - size);
        if (size >= before) {
            step.detail(Volume.name(number) + " keeps its " + (before >> 20)
                    + " MiB: with what is to be left free, no smaller size is possible");
            return;
        }
        step.detail(Volume.name(number) + ": " + (before >> 20) + " to " + (size >> 20) + " MiB");
    }

    /** What the engine deleted on FAT leaves names and clusters behind. */
    private void cleanFat() throws IOException {
        if (open.selection().mounts()) {
            for (Volume volume : disks.volumes()) {
                if (volume.type().equals("vfat")) {
                    disks.of(volume.partition()).cleanFat(volume);
                }
            }
        }
    }

    /**
     * Shrinks the last file system of each disk, if it is ext2/3/4, and rewrites the directories of the others.
     *
     * @param shrunk has the bytes of what was shrunk before, by its number, and takes those of what is shrunk here
     */
    private void shrinkHere(List<DiskPlan> plans, Facts facts, Map<Integer, Long> shrunk) {
        Set<Integer> targets =
                plans.stream().map(plan -> plan.shrink().target()).collect(Collectors.toSet());
        for (Volume volume : disks.volumes()) {
            boolean shrinks = targets.contains(volume.partition()) && !shrunk.containsKey(volume.partition());
            if (volume.isExt() && !shrinks) {
                VolumeFile file = disks.file(volume.partition());
                open.ext().rewriteDirectories(file.file(), file.subject());
            }
        }
        plans.stream()
                .filter(plan -> plan.shrink().target() == ShrinkPlan.NONE)
                .map(plan -> plan.shrink().reason())
                .distinct()
                .forEach(reason -> steps.skip("shrink", reason));
        plans.stream()
                .filter(plan -> disks.isExt(plan.shrink().target()))
                .filter(plan -> !shrunk.containsKey(plan.shrink().target()))
                .sorted(Comparator.comparingInt(plan -> plan.shrink().target()))
                .forEach(plan -> shrunk.put(plan.shrink().target(), shrink(plan, facts)));
    }

    private long shrink(DiskPlan plan, Facts facts) {
        int number = plan.shrink().target();
        return steps.run("shrink", step -> {
            VolumeFile file = disks.file(number);
            long before = ExtTools.size(file);
            Path scratch = job.directories().work().resolve("scratch.img");
            long size =
                    shrink(plan, facts, step, free -> open.ext().shrink(file.file(), file.subject(), free, scratch));
            logShrunk(step, number, before, size);
            return size;
        });
    }

    /**
     * Makes a partition small with as much room as it gets: what nobody asked for is less where the asked size of the disk has no
     * place for it.
     *
     * @param tool from bytes to leave free to the bytes that the partition needs then
     */
    private long shrink(DiskPlan plan, Facts facts, Steps.Running step, LongUnaryOperator tool) {
        Shrink asked = Objects.requireNonNull(job.description().shrink(), "nothing is shrunk without it");
        Room room = Room.of(asked, plan.shrink().target(), facts);
        if (!room.notice().isEmpty()) {
            step.info(room.notice());
        }
        long most = DiskAssembly.of(job, plan).most();
        long size = tool.applyAsLong(room.free());
        while (size > most && room.isFlexible()) {
            // less than a percent of the size moves nothing, and each pass takes its time
            room = room.less(Math.max(size - most, size / 64));
            size = tool.applyAsLong(room.free());
        }
        return size;
    }
}
