package io.imagewright.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.imagewright.customise.Customise;
import io.imagewright.disk.Extent;
import io.imagewright.guest.Engine;
import io.imagewright.guest.Facts;
import io.imagewright.guest.Guest;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.direct.DirectEngine;

/** Looks at a guest, and finds out what a build would change. */
final class GuestLook {

    private final OpenedJob open;
    private final GuestSysprep sysprep;
    private final Customise customise;
    private final MediumAsItIs asItIs;

    GuestLook(OpenedJob open, GuestSysprep sysprep, Customise customise, MediumAsItIs asItIs) {
        this.open = open;
        this.sysprep = sysprep;
        this.customise = customise;
        this.asItIs = asItIs;
    }

    GuestReport run() throws IOException {
        if (open.extVolumes().stream().allMatch(DirectEngine::isSettled)
                && !open.job().repair()) {
            requireSound();
        } else {
            // what the journal holds, or repairs, is not in place yet: look at a copy
            WorkingCopies copies = open.copies();
            Map<Integer, List<Extent>> extents = copies.extents();
            copies.requireSpace(extents);
            open.steps().perform("copy", step -> copies.make(extents, Set.of(), step.copying(0)));
            open.checkCopies();
        }
        try (Engine engine = open.start()) {
            Medium medium = open.find(engine);
            if (medium instanceof Medium.Unsupported unsupported) {
                if (open.decidesLate()) {
                    return asItIs.take(unsupported.why());
                }
                throw unsupported.why().refusal();
            }
            if (medium instanceof Medium.ReadOnly readOnly) {
                return new ReadOnlyGuest(open, sysprep, asItIs).take(engine, readOnly);
            }
            return look(engine, (Medium.Served) medium);
        }
    }

    private GuestReport look(Engine engine, Medium.Served served) throws IOException {
        try (Guest guest = engine.open(served.mounts(), false)) {
            Facts facts = open.facts(engine, guest, served.mounts());
            Reports reports = new Reports(open.disks(), sysprep, open.now());
            return switch (open.job().purpose()) {
                case PLAN ->
                    reports.plan(
                            facts,
                            new GuestPreparation(open, engine, sysprep, customise)
                                    .plan(guest, facts)
                                    .outcomes(),
                            open.plans().stream()
                                    .map(plan -> plan.shrink().describe())
                                    .distinct()
                                    .collect(Collectors.joining("; ")));
                case CONVERT -> asItIs.convert(FinishedGuest.tree(open, engine, served.mounts(), guest), reports);
                default -> reports.inspection(facts, new GuestListing(open).tell(guest));
            };
        }
    }

    /** Refuses what a build would refuse. Nothing that comes later is safe from a damaged file system. */
    private void requireSound() throws IOException {
        List<VolumeFile> volumes = new ArrayList<>();
        for (WorkingDisk disk : open.disks().all()) {
            // a name of our own for it: e2fsck takes what follows a question mark for options
            Path link = open.job().workDirectory().resolve("source" + disk.index());
            Files.createSymbolicLink(link, disk.source().path());
            disk.volumes().stream()
                    .filter(Volume::isExt)
                    .map(volume -> disk.file(volume.partition()))
                    .map(file -> disk.isRaw() ? new VolumeFile(link, file.offset(), file.subject()) : file)
                    .forEach(volumes::add);
        }
        open.steps().perform("check", step -> volumes.forEach(open.ext()::requireSound));
    }
}
