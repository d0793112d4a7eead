package io.imagewright.job;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.imagewright.customise.Customise;
import io.imagewright.disk.Extent;
import io.imagewright.guest.Engine;
import io.imagewright.guest.Guest;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.shrink.Room;
import io.imagewright.shrink.ShrinkPlan;
import io.imagewright.spec.ImageDescription;

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
        SourceCheck check = new SourceCheck(open);
        if (!check.sources()) {
            // what the journal holds, or repairs, is not in place yet: look at a copy
            WorkingCopies copies = open.copies();
            Map<Integer, List<Extent>> extents = copies.extents();
            copies.requireSpace(extents);
            open.steps().perform("copy", step -> copies.make(extents, Set.of(), step.copying(0)));
            check.copies();
        }
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
            return look(engine, (Medium.Served) medium);
        }
    }

    private GuestReport look(Engine engine, Medium.Served served) throws IOException {
        try (Guest guest = engine.open(served.mounts(), false)) {
            Facts facts = open.facts(engine, guest, served.mounts());
            Reports reports = new Reports(open.disks(), sysprep, open.now());
            return switch (open.job().purpose()) {
                case PLAN -> {
                    SizeCheck sizes = new SizeCheck(open, sysprep, customise);
                    sizes.requirePossible(open.plans());
                    sizes.require(open.plans());
                    GuestPreparation.Prepared planned =
                            new GuestPreparation(open, engine, sysprep, customise).plan(guest, facts);
                    yield reports.plan(
                            facts,
                            planned.outcomes(),
                            open.plans().stream()
                                    .map(plan -> describe(plan.shrink(), planned.facts()))
                                    .distinct()
                                    .collect(Collectors.joining("; ")));
                }
                case CONVERT -> asItIs.convert(FinishedGuest.tree(open, engine, served.mounts(), guest), reports);
                default -> reports.inspection(facts, new GuestListing(open).list(guest));
            };
        }
    }

    /** What becomes of a disk, with how much room is left in it. */
    private String describe(ShrinkPlan plan, Facts facts) {
        ImageDescription.Shrink asked = open.job().description().shrink();
        return asked == null || plan.target() == ShrinkPlan.NONE
                ? plan.describe()
                : plan.describe() + Room.of(asked, plan.target(), facts).describe();
    }
}
