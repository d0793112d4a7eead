package io.imagewright.job;

import java.io.IOException;
import java.util.List;

import io.imagewright.customise.Customise;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Engine;
import io.imagewright.guest.Guest;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.direct.ExtTools;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.Steps;
import io.imagewright.shrink.ShrinkPlan;
import io.imagewright.spec.ImageDescription.Shrink;

/**
 * Refuses, before anything is copied, a size of the finished disk that its content cannot have. Of guests that the engine direct reaches where they
 * are; else the finished disk is compared with the size.
 */
final class SizeCheck {

    /** Percent of the estimate that are refused; beyond them shrinking shows. */
    private static final long SURE = 95;

    /** Percent of the estimate that suffice. */
    private static final long ENOUGH = 103;

    private static final long MIB = 1 << 20;

    private final OpenedJob open;
    private final GuestSysprep sysprep;
    private final Customise customise;

    SizeCheck(OpenedJob open, GuestSysprep sysprep, Customise customise) {
        this.open = open;
        this.sysprep = sysprep;
        this.customise = customise;
    }

    /**
     * Refuses a size that cannot do even if nothing were left of the partition to be shrunk.
     *
     * @throws ImageException DESCRIPTION with what the partitions need
     */
    void requirePossible(List<DiskPlan> plans) {
        plans.forEach(plan -> DiskAssembly.of(open.job(), plan).requireSize());
    }

    /** @throws ImageException DESCRIPTION with the size that suffices */
    void require(List<DiskPlan> plans) throws IOException {
        Long size = open.job().description().size();
        Shrink asked = open.job().description().shrink();
        int target = plans.get(0).shrink().target();
        if (size == null
                || asked == null
                || target == ShrinkPlan.NONE
                || !open.disks().isExt(target)
                || open.selection().mounts()
                || open.job().description().repair()
                || !open.extVolumes().stream().allMatch(ExtTools::isSettled)) {
            return;
        }
        long free = asked.free();
        VolumeFile file = open.disks().file(target);
        DiskAssembly assembly = DiskAssembly.of(open.job(), plans.get(0));
        if (size >= assembly.sizeWith(ExtTools.smallest(file, 0, 0, free))) {
            return;
        }
        List<GuestReport.Outcome> outcomes = outcomes();
        long removed = outcomes.stream()
                .mapToLong(outcome -> outcome.removed().bytes())
                .sum();
        long files = outcomes.stream()
                .mapToLong(outcome -> outcome.removed().files())
                .sum();
        long least = assembly.sizeWith(ExtTools.smallest(file, removed, files, free));
        if (size < least / 100 * SURE) {
            long enough = assembly.sizeWith(ExtTools.smallest(file, removed, 0, free)) / 100 * ENOUGH;
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    Message.of("Cannot make the disk ", size, " bytes long (", SettingName.SIZE, ")"),
                    Message.of("its partitions need about ", mebibytes(least), " MiB once the guest is cleaned"),
                    Message.of("Set ", SettingName.SIZE, " to at least ", mebibytes(enough), " MiB, or leave it out."));
        }
    }

    private static long mebibytes(long bytes) {
        return (bytes + MIB - 1) / MIB;
    }

    /** What sysprep and the actions will do. Their warnings come when they do it. */
    private List<GuestReport.Outcome> outcomes() throws IOException {
        OpenedJob quiet = new OpenedJob(
                open.job(),
                open.disks(),
                open.exec(),
                new Steps(ProgressListener.NONE),
                open.ext(),
                open.now(),
                open.selection());
        try (Engine engine = quiet.start()) {
            if (!(quiet.find(engine) instanceof Medium.Served served)) {
                return List.of();
            }
            try (Guest guest = engine.open(served.mounts(), false)) {
                return new GuestPreparation(quiet, engine, sysprep, customise)
                        .plan(guest, quiet.facts(engine, guest, served.mounts()))
                        .outcomes();
            }
        }
    }
}
