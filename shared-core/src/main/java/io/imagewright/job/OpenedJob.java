package io.imagewright.job;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.imagewright.api.Credentials;
import io.imagewright.disk.Extent;
import io.imagewright.error.ImageException;
import io.imagewright.exec.Accelerator;
import io.imagewright.exec.Exec;
import io.imagewright.guest.Engine;
import io.imagewright.guest.Guest;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.direct.DirectEngine;
import io.imagewright.guest.direct.ExtTools;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.Inspector;
import io.imagewright.guest.inspect.Recognition;
import io.imagewright.guest.inspect.VolumeBootCode;
import io.imagewright.guest.libguestfs.LaunchListener;
import io.imagewright.guest.libguestfs.LibguestfsEngine;
import io.imagewright.progress.Steps;
import io.imagewright.shrink.ShrinkPlan;

/**
 * A job whose sources are open: what its steps work with.
 *
 * @param ext prepares, shrinks and cleans ext2/3/4, whatever engine reaches the guest
 * @param now seconds since the epoch, used where something is dated
 * @param selection which engine reaches the guest
 */
record OpenedJob(
        GuestJob job, WorkingDisks disks, Exec exec, Steps steps, ExtTools ext, long now, EngineSelection selection) {

    /** @param mounting why the guest must be mounted; empty when it need not */
    static OpenedJob of(GuestJob job, Optional<String> mounting, WorkingDisks disks, Exec exec, Steps steps)
            throws IOException {
        SourceCheck.requireUsable(disks, job.description().repair());
        long now = job.timestamp() != null ? job.timestamp() : lastWrite(disks);
        ExtTools ext = new ExtTools(exec, now);
        return new OpenedJob(job, disks, exec, steps, ext, now, EngineSelection.of(job, mounting, disks, ext));
    }

    /** A time that belongs to the source, so that the same source gives the same bytes. Only ext2/3/4 record it; else it is the first file's. */
    private static long lastWrite(WorkingDisks disks) throws IOException {
        OptionalLong recorded = disks.volumes().stream()
                .filter(Volume::isExt)
                .mapToLong(volume -> ExtTools.lastWrite(disks.file(volume.partition())))
                .max();
        return recorded.isPresent()
                ? recorded.getAsLong()
                : Files.getLastModifiedTime(disks.first().source().medium()).to(TimeUnit.SECONDS);
    }

    /** Whether only the appliance, on working copies, can find whether the medium is to be taken as it is. */
    boolean decidesLate() {
        return job.description().allowUnsupported() && selection.mounts();
    }

    /** Starts what reaches the guest, on the volumes where their bytes are now. */
    Engine start() {
        if (!selection.mounts()) {
            return direct();
        }
        return steps.run("appliance", step -> {
            Map<Integer, VolumeFile> files = new HashMap<>();
            Set<Integer> copies = new HashSet<>();
            for (Volume volume : disks.withInside()) {
                VolumeFile file = disks.file(volume.partition());
                files.put(volume.partition(), file);
                if (!file.file().equals(disks.of(volume.partition()).source().path())) {
                    copies.add(volume.partition());
                }
            }
            Accelerator accelerator = Accelerator.find(exec, System.getenv());
            step.detail("engine libguestfs, as " + selection.reason().describe() + "; " + accelerator);
            step.doing("the virtual machine of libguestfs starts");
            return LibguestfsEngine.start(
                    job.appliance(),
                    accelerator,
                    disks.withInside(),
                    files,
                    copies,
                    job.credentials().all(Credentials.LUKS),
                    job.directories().work(),
                    now,
                    new LaunchListener() {
                        @Override
                        public void waiting(String reason) {
                            step.info(reason);
                        }

                        @Override
                        public void progress(long position, long total) {
                            step.progress(position, total);
                        }
                    });
        });
    }

    /** Reaches the ext2/3/4 volumes where their bytes are now, whatever engine serves the guest. */
    DirectEngine direct() {
        return new DirectEngine(disks.volumes(), disks::file, ext);
    }

    /** Begins to digest what the image depends on of each source. */
    List<SourceDigest> digests(List<DiskPlan> plans, Map<Integer, List<Extent>> extents) throws IOException {
        List<SourceDigest> digests = new ArrayList<>();
        for (DiskPlan plan : plans) {
            digests.add(SourceDigest.start(
                    plan.disk().source(), WorkingCopies.digested(extents, plan), DigestMemory.of(job)));
        }
        return digests;
    }

    /**
     * The guest, or why there is none that can be prepared. When that is allowed, a medium whose guest can only be read, and not that, is none.
     */
    Medium find(Engine engine) {
        try {
            return new GuestFinder(disks, engine).find(steps::warn);
        } catch (ImageException failure) {
            if (!decidesLate()
                    || failure.kind() != ImageException.Kind.SOURCE
                    || engine.readOnly().isEmpty()) {
                throw failure;
            }
            return new Medium.Unsupported(new Recognition.Unsupported(
                    "Unable to read the operating system on the media", String.valueOf(failure.getMessage())));
        }
    }

    WorkingCopies copies() {
        return new WorkingCopies(this);
    }

    /** What becomes of each disk. */
    List<DiskPlan> plans() throws IOException {
        List<DiskPlan> plans = new ArrayList<>();
        for (WorkingDisk disk : disks.all()) {
            plans.add(new DiskPlan(disk, shrinkPlan(disk)));
        }
        return plans;
    }

    private ShrinkPlan shrinkPlan(WorkingDisk disk) throws IOException {
        if (job.description().shrink() == null) {
            return ShrinkPlan.nothing("shrink is off");
        }
        ShrinkPlan plan = ShrinkPlan.of(disk.volumes(), selection.traits().shrinkable());
        Optional<String> feature = disks.isExt(plan.target())
                ? ExtTools.featureThatKeepsSize(disks.file(plan.target()))
                : Optional.empty();
        if (feature.isPresent()) {
            return plan.keeping(ShrinkPlan.unable(
                    plan.target(), "It uses the feature " + feature.get() + ", with which it is not made smaller."));
        }
        return !selection.mounts() && bootsByExtlinux(disk, plan)
                ? plan.keeping(ShrinkPlan.unable(
                        plan.target(),
                        "It boots by extlinux, which looks for its files at fixed blocks; only the guest's `extlinux"
                                + " -U' can repair that, which needs the engine libguestfs."))
                : plan;
    }

    /** Whether what is made small is an ext2/3/4 that boots by extlinux, which must find its files again. */
    boolean bootsByExtlinux(DiskPlan plan) throws IOException {
        return bootsByExtlinux(plan.disk(), plan.shrink());
    }

    private boolean bootsByExtlinux(WorkingDisk disk, ShrinkPlan plan) throws IOException {
        return disks.isExt(plan.target()) && VolumeBootCode.isSyslinux(disk.bootSector(plan.target()));
    }

    /** The ext2/3/4 volumes, where their bytes are now. */
    List<VolumeFile> extVolumes() {
        return disks.volumes().stream()
                .filter(Volume::isExt)
                .map(volume -> disks.file(volume.partition()))
                .toList();
    }

    Facts facts(Engine engine, Guest guest, List<Mount> mounts) throws IOException {
        return steps.run("inspect", step -> {
            Set<Integer> mounted = mounts.stream().map(Mount::partition).collect(Collectors.toSet());
            List<Volume> volumes = engine.volumes().stream()
                    .filter(volume -> volume.subvolume().isEmpty() || mounted.contains(volume.partition()))
                    .toList();
            Facts facts = Inspector.facts(
                    guest,
                    volumes,
                    mounts,
                    disks.first().table().kind(),
                    disks.first().firstSector());
            step.detail(facts.product());
            facts.warnings().forEach(steps::warn);
            return facts;
        });
    }
}
