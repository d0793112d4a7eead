package io.imagewright.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.imagewright.customise.Customise;
import io.imagewright.customise.CustomiseResult;
import io.imagewright.customise.SelinuxSeal;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Change;
import io.imagewright.guest.Engine;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.GuestView;
import io.imagewright.guest.RegistryBatch;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeId;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.RootGrowth;
import io.imagewright.progress.Counted;
import io.imagewright.progress.Steps;
import io.imagewright.sysprep.MediumContext;
import io.imagewright.sysprep.Removed;
import io.imagewright.sysprep.SysprepResult;

/**
 * Prepares a guest in three steps: sysprep, then the user's actions, so that the password or key that they ask for survives the clean-up,
 * then the seal, so that what they bring does not undo what makes the image one for many machines.
 */
final class GuestPreparation {

    /**
     * What machines must not share, even if an action brought it: see the trap of virt-sysprep's customize, RHBZ 1557042. And what an action
     * brings may name file systems by the ids that they have no longer.
     */
    private static final Set<String> SEALING =
            Set.of("clear-local-machine-id-configuration-file", "remove-random-seed", "fs-uuids");

    private final OpenedJob open;
    private final GuestSysprep sysprep;
    private final Customise customise;
    private final MediumContext surroundings;
    private final PartitionDumps dumps;
    private final List<Volume> volumes;
    private final Steps steps;
    private final long now;

    GuestPreparation(OpenedJob open, Engine engine, GuestSysprep sysprep, Customise customise) throws IOException {
        this.open = open;
        this.sysprep = sysprep;
        this.customise = customise;
        this.dumps = PartitionDumps.of(open);
        this.surroundings = new DiskMediumContext(open.plans(), engine);
        this.volumes = engine.volumes();
        this.steps = open.steps();
        this.now = open.now();
    }

    /**
     * What was prepared, or would be.
     *
     * @param facts of the guest as it came, but with the ids that its volumes get, for which the tree is prepared, and with what grows it
     */
    record Prepared(List<GuestReport.Outcome> outcomes, List<VolumeId> volumes, Facts facts) {}

    /** Plans each step on what the ones before it made of the guest, and applies it. */
    Prepared run(Guest guest, Facts facts) {
        SysprepResult cleaned = sysprep.run(guest, facts, surroundings, steps);
        guest.programs()
                .map(programs -> new GuestTasks(
                        programs, facts, open.exec(), open.job().directories().work()))
                .ifPresent(tasks -> tasks.run(cleaned.tasks(), steps));
        CustomiseResult asked = customise.isEmpty()
                ? CustomiseResult.NOTHING
                : steps.run("customise", step -> {
                    CustomiseResult result = customise(guest, facts);
                    RegistryBatch.apply(guest, facts.mountPoints(), result.changes());
                    step.bytes(result.actions().stream()
                            .mapToLong(CustomiseResult.Outcome::written)
                            .sum());
                    step.detail(Counted.of(result.actions().size(), "action") + ", "
                            + Counted.of(result.changes().size(), "change"));
                    return result;
                });
        Seal seal = seal(guest, facts, cleaned, asked);
        if (!seal.changes().isEmpty()) {
            steps.perform("seal", step -> {
                RegistryBatch.apply(guest, facts.mountPoints(), seal.changes());
                step.detail(Counted.of(seal.changes().size(), "change"));
            });
        }
        return prepared(guest, facts, cleaned, asked, seal, Optional.empty());
    }

    /** Plans all of it; changes nothing. */
    Prepared plan(Guest guest, Facts facts) {
        SysprepResult cleaned = sysprep.plan(guest, facts, surroundings, steps);
        GuestView clean = new GuestView(guest, facts.mountPoints());
        clean.add(cleaned.changes());
        CustomiseResult asked = customise(clean, facts);
        GuestView customised = new GuestView(clean, facts.mountPoints());
        customised.add(asked.changes());
        Seal seal = seal(customised, facts, cleaned, asked);
        customised.add(seal.changes());
        List<Change> all = new ArrayList<>(cleaned.changes());
        all.addAll(asked.changes());
        all.addAll(seal.changes());
        return prepared(customised, facts, cleaned, asked, seal, Optional.of(new TextEdits(guest, all)));
    }

    /** The actions see the disk as it will be. */
    private CustomiseResult customise(GuestTree guest, Facts facts) {
        return customise.plan(guest, facts.without(surroundings.removed()), now, steps::warn);
    }

    /**
     * What the seal does.
     *
     * @param again operations of sysprep that found something again
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
        List<SysprepResult.Outcome> again =
                customise.isEmpty() && cleaned.tasks().isEmpty()
                        ? List.of()
                        : sysprep.plan(guest, facts, surroundings, SEALING, steps).operations().stream()
                                .map(outcome -> beyond(cleaned, outcome))
                                .filter(outcome -> !outcome.changes().isEmpty()
                                        || !outcome.volumes().isEmpty())
                                .toList();
        List<Change> changes = new ArrayList<>(cleaned.changes());
        changes.addAll(asked.changes());
        return new Seal(again, SelinuxSeal.plan(guest, changes, !cleaned.tasks().isEmpty()));
    }

    /** What an operation asks for that it did not ask for before. The tree names volumes already by the ids that it asked for then. */
    private SysprepResult.Outcome beyond(SysprepResult cleaned, SysprepResult.Outcome again) {
        List<VolumeId> before = cleaned.operations().stream()
                .filter(outcome -> outcome.name().equals(again.name()))
                .flatMap(outcome -> outcome.volumes().stream())
                .toList();
        before.stream().filter(id -> !again.volumes().contains(id)).findFirst().ifPresent(id -> {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Cannot set the UUID of " + Volume.name(id.partition(), volumes),
                    "what an action of customise brought names the old one where it cannot be replaced; a"
                            + " warning says where",
                    Message.of("Fix the action, or set ", SettingName.SYSPREP_DISABLE.to(again.name()), "."));
        });
        List<VolumeId> more =
                again.volumes().stream().filter(id -> !before.contains(id)).toList();
        return new SysprepResult.Outcome(
                again.name(), again.changes(), more, List.of(), again.removed(), again.skipped());
    }

    /** @param guest as it will be in the image, or a view of that */
    private Prepared prepared(
            GuestTree guest,
            Facts facts,
            SysprepResult cleaned,
            CustomiseResult asked,
            Seal seal,
            Optional<TextEdits> each) {
        List<GuestReport.Outcome> outcomes = new ArrayList<>();
        List<VolumeId> ids = new ArrayList<>(cleaned.volumes());
        cleaned.operations().forEach(done -> outcomes.add(outcome(done.name(), done, each)));
        asked.actions()
                .forEach(done -> outcomes.add(new GuestReport.Outcome(
                        done.name(),
                        done.changes().size(),
                        done.written(),
                        Removed.NOTHING,
                        "",
                        planned(done.changes(), each))));
        seal.again().forEach(done -> {
            outcomes.add(outcome("seal." + done.name(), done, each));
            ids.addAll(done.volumes());
        });
        if (!seal.labels().isEmpty()) {
            outcomes.add(new GuestReport.Outcome(
                    "seal.selinux-autorelabel",
                    seal.labels().size(),
                    0,
                    Removed.NOTHING,
                    "",
                    planned(seal.labels(), each)));
        }
        Facts after = facts.with(ids).with(RootGrowth.of(guest, facts));
        dumps.require(guest, after);
        return new Prepared(outcomes, ids, after);
    }

    private GuestReport.Outcome outcome(String name, SysprepResult.Outcome done, Optional<TextEdits> each) {
        List<GuestReport.PlannedChange> planned = new ArrayList<>(planned(done.changes(), each));
        if (each.isPresent()) {
            done.volumes()
                    .forEach(id -> planned.add(new GuestReport.PlannedChange(
                            Volume.name(id.partition(), volumes), id.describe(), List.of())));
            done.tasks().forEach(task -> planned.add(new GuestReport.PlannedChange("/", task.describe(), List.of())));
        }
        int changes =
                done.changes().size() + done.volumes().size() + done.tasks().size();
        return new GuestReport.Outcome(name, changes, done.bytes(), done.removed(), done.skipped(), planned);
    }

    private static List<GuestReport.PlannedChange> planned(List<Change> changes, Optional<TextEdits> each) {
        return each.map(edits -> changes.stream()
                        .map(change -> new GuestReport.PlannedChange(
                                change.path().toString(), change.describe(), edits.show(change)))
                        .toList())
                .orElse(List.of());
    }
}
