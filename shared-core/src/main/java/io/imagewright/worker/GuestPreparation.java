package io.imagewright.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.imagewright.customise.Customise;
import io.imagewright.customise.CustomiseResult;
import io.imagewright.customise.SelinuxSeal;
import io.imagewright.guest.Change;
import io.imagewright.guest.Facts;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.GuestView;
import io.imagewright.guest.RegistryBatch;
import io.imagewright.progress.Steps;
import io.imagewright.sysprep.SysprepResult;

/**
 * Prepares a guest in three steps: sysprep, then the user's actions, so that the password or key that they ask for survives the clean-up,
 * then the seal, so that what they bring does not undo what makes the image one for many machines.
 */
final class GuestPreparation {

    /** What machines must not share, even if an action brought it: see the trap of virt-sysprep's customize, RHBZ 1557042. */
    private static final Set<String> SEALING =
            Set.of("clear-local-machine-id-configuration-file", "remove-random-seed");

    private final GuestSysprep sysprep;
    private final Customise customise;
    private final Steps steps;
    private final long now;

    GuestPreparation(GuestSysprep sysprep, Customise customise, Steps steps, long now) {
        this.sysprep = sysprep;
        this.customise = customise;
        this.steps = steps;
        this.now = now;
    }

    /** Plans each step on what the ones before it made of the guest, and applies it. */
    List<GuestReport.Outcome> run(Guest guest, Facts facts) {
        SysprepResult cleaned = sysprep.run(guest, facts, steps);
        CustomiseResult asked = customise.isEmpty()
                ? CustomiseResult.NOTHING
                : steps.run("customise", step -> {
                    CustomiseResult result = customise(guest, facts);
                    RegistryBatch.apply(guest, facts.mountPoints(), result.changes());
                    step.bytes(result.actions().stream()
                            .mapToLong(CustomiseResult.Outcome::written)
                            .sum());
                    step.detail(result.actions().size() + " actions, "
                            + result.changes().size() + " changes");
                    return result;
                });
        Seal seal = seal(guest, facts, cleaned, asked);
        if (!seal.changes().isEmpty()) {
            steps.perform("seal", step -> {
                RegistryBatch.apply(guest, facts.mountPoints(), seal.changes());
                step.detail(seal.changes().size() + " changes");
            });
        }
        return outcomes(cleaned, asked, seal, false);
    }

    /** Plans all of it; changes nothing. */
    List<GuestReport.Outcome> plan(Guest guest, Facts facts) {
        SysprepResult cleaned = sysprep.plan(guest, facts, steps);
        GuestView clean = new GuestView(guest, facts.mountPoints());
        clean.add(cleaned.changes());
        CustomiseResult asked = customise(clean, facts);
        GuestView customised = new GuestView(clean, facts.mountPoints());
        customised.add(asked.changes());
        return outcomes(cleaned, asked, seal(customised, facts, cleaned, asked), true);
    }

    private CustomiseResult customise(GuestTree guest, Facts facts) {
        return customise.plan(guest, facts, now, steps::warn);
    }

    /**
     * What the seal does.
     *
     * @param again operations of sysprep that found something once more
     * @param labels for SELinux
     */
    private record Seal(List<SysprepResult.Outcome> again, List<Change> labels) {

        List<Change> changes() {
            List<Change> changes = new ArrayList<>();
            again.forEach(outcome -> changes.addAll(outcome.changes()));
            changes.addAll(labels);
            return changes;
        }
    }

    private Seal seal(GuestTree guest, Facts facts, SysprepResult cleaned, CustomiseResult asked) {
        if (!facts.isLinux()) {
            return new Seal(List.of(), List.of()); // both are Linux's
        }
        List<SysprepResult.Outcome> again = customise.isEmpty()
                ? List.of()
                : sysprep.plan(guest, facts, SEALING, steps).operations().stream()
                        .filter(outcome -> !outcome.changes().isEmpty())
                        .toList();
        List<Change> changes = new ArrayList<>(cleaned.changes());
        changes.addAll(asked.changes());
        return new Seal(again, SelinuxSeal.plan(guest, changes));
    }

    private static List<GuestReport.Outcome> outcomes(
            SysprepResult cleaned, CustomiseResult asked, Seal seal, boolean each) {
        List<GuestReport.Outcome> outcomes = new ArrayList<>();
        cleaned.operations()
                .forEach(
                        done -> outcomes.add(outcome(done.name(), done.changes(), done.bytes(), done.skipped(), each)));
        asked.actions().forEach(done -> outcomes.add(outcome(done.name(), done.changes(), done.written(), "", each)));
        seal.again()
                .forEach(done -> outcomes.add(outcome("seal." + done.name(), done.changes(), done.bytes(), "", each)));
        if (!seal.labels().isEmpty()) {
            outcomes.add(outcome("seal.selinux-autorelabel", seal.labels(), 0, "", each));
        }
        return outcomes;
    }

    private static GuestReport.Outcome outcome(
            String name, List<Change> changes, long bytes, String skipped, boolean each) {
        return new GuestReport.Outcome(name, changes.size(), bytes, skipped, planned(changes, each));
    }

    private static List<GuestReport.PlannedChange> planned(List<Change> changes, boolean each) {
        return each
                ? changes.stream()
                        .map(change ->
                                new GuestReport.PlannedChange(change.path().toString(), change.describe()))
                        .toList()
                : List.of();
    }
}
