package io.imagewright.sysprep;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import io.imagewright.error.ErrorCollector;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.GuestView;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeId;
import io.imagewright.guest.inspect.Facts;

/** Plans the selected operations one after the other, each on the guest as the ones before it leave it. Nothing is written. */
public final class Sysprep {

    private Sysprep() {}

    /**
     * Has the selected operations check the values of their parameters.
     *
     * @throws io.imagewright.error.ImageException DESCRIPTION when one cannot use its own; naming the operation when one fails
     */
    public static void check(Operations operations, Collection<Operation> selected, ParameterValues parameters) {
        ErrorCollector errors = new ErrorCollector();
        operations.all().stream()
                .filter(selected::contains)
                .forEach(operation -> errors.get(() -> OperationCall.of(operation, () -> {
                    operation.check(parameters);
                    return operation;
                })));
        errors.throwAny();
    }

    /** Plans on a medium that holds nothing but the guest's tree: for tests of operations. */
    public static SysprepResult plan(
            GuestTree guest,
            Facts facts,
            Operations operations,
            Collection<Operation> selected,
            ParameterValues parameters,
            Consumer<String> warnings) {
        return plan(
                guest,
                facts,
                MediumContext.NONE,
                operations,
                selected,
                parameters,
                warning -> warnings.accept(warning.toString()));
    }

    /**
     * Plans.
     *
     * @param selected among {@code operations}
     * @param warnings gets full sentences
     * @throws io.imagewright.error.ImageException naming the operation when one fails or wants what cannot be done
     */
    public static SysprepResult plan(
            GuestTree guest,
            Facts facts,
            MediumContext surroundings,
            Operations operations,
            Collection<Operation> selected,
            ParameterValues parameters,
            Consumer<Message> warnings) {
        GuestView view = new GuestView(guest, facts.mountPoints());
        try {
            return plan(view, facts, surroundings, operations, selected, parameters, warnings);
        } finally {
            view.registry().close();
        }
    }

    /**
     * Warns of what operations that are off leave in the image: one sentence each, which names the files and what removes them.
     *
     * @param off among {@code operations}, see {@link Operations#undecided}
     * @param planned what the selected operations do first
     */
    public static void warnOfKept(
            GuestTree guest,
            Facts facts,
            MediumContext surroundings,
            Collection<Operation> off,
            ParameterValues parameters,
            SysprepResult planned,
            Consumer<Message> warnings) {
        GuestView view = new GuestView(guest, facts.mountPoints());
        try {
            view.add(planned.changes());
            Context context =
                    new Context(view, facts, surroundings, parameters, volume -> {}, task -> {}, warning -> {});
            for (Operation operation : off) {
                kept(operation, context).ifPresent(warnings);
            }
        } finally {
            view.registry().close();
        }
    }

    /** The warning of one operation, which fails no build as long as it is off. */
    private static Optional<Message> kept(Operation operation, Context context) {
        try {
            return OperationCall.of(
                    operation,
                    () -> operation.appliesTo(context.facts())
                            ? Kept.by(operation, operation.plan(context)).map(Kept::warning)
                            : Optional.empty());
        } catch (ImageException failure) {
            return Optional.of(Message.of(
                    "Whether the image keeps ", operation.keptWhenOff(), " is not known. ", failure.message()));
        }
    }

    private static SysprepResult plan(
            GuestView view,
            Facts facts,
            MediumContext surroundings,
            Operations operations,
            Collection<Operation> selected,
            ParameterValues parameters,
            Consumer<Message> warnings) {
        List<SysprepResult.Outcome> outcomes = new ArrayList<>();
        Map<String, RemovedFiles> removed = new HashMap<>();
        List<Change> all = new ArrayList<>();
        Set<Message> warned = new HashSet<>(); // operations that come by the same odd place say the same of it
        Consumer<Message> warnOnce = message -> {
            if (warned.add(message)) {
                warnings.accept(message);
            }
        };
        for (Operation operation : operations.all()) {
            if (!selected.contains(operation)) {
                continue;
            }
            if (!OperationCall.of(operation, () -> operation.appliesTo(facts))) {
                outcomes.add(new SysprepResult.Outcome(
                        operation.name(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Removed.NOTHING,
                        "it does not apply to " + facts.product()));
                continue;
            }
            List<VolumeId> volumes = new ArrayList<>();
            List<GuestTask> tasks = new ArrayList<>();
            Context context = new Context(view, facts, surroundings, parameters, volumes::add, tasks::add, warnOnce);
            List<Change> changes = OperationCall.of(operation, () -> List.copyOf(operation.plan(context)));
            RemovedFiles counted = new RemovedFiles();
            changes.forEach(change -> counted.count(view, change));
            removed.put(operation.name(), counted);
            OperationCall.adding(operation, () -> view.add(changes));
            all.addAll(changes);
            outcomes.add(new SysprepResult.Outcome(operation.name(), changes, volumes, tasks, Removed.NOTHING, ""));
        }
        return new SysprepResult(removing(removed, view, outcomes), all);
    }

    /** Where something is gone is reported when all operations are through: a later one may take the place itself away. */
    private static List<SysprepResult.Outcome> removing(
            Map<String, RemovedFiles> removed, GuestTree prepared, List<SysprepResult.Outcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> Optional.ofNullable(removed.get(outcome.name()))
                        .map(counted -> outcome.with(counted.in(prepared)))
                        .orElse(outcome))
                .toList();
    }

    private record Context(
            GuestTree guest,
            Facts facts,
            MediumContext surroundings,
            ParameterValues parameters,
            Consumer<VolumeId> volumes,
            Consumer<GuestTask> tasks,
            Consumer<Message> warnings)
            implements OperationContext {

        @Override
        public List<String> parameter(String name) {
            return parameters.value(name);
        }

        @Override
        public void setUuid(Volume volume, String uuid) {
            if (!(volume.isExt() || volume.isSwap() || surroundings.hasAppliance())
                    || surroundings.removed().contains(volume.partition())
                    || !UUID.fromString(uuid).toString().equals(uuid)) {
                throw new IllegalArgumentException("no UUID " + uuid + " for " + volume);
            }
            volumes.accept(new VolumeId(volume.partition(), uuid));
        }

        @Override
        public void setLvmId(Volume volume, String id, String group) {
            if (!volume.isPhysicalVolume() || !surroundings.hasAppliance()) {
                throw new IllegalArgumentException("no id " + id + " for " + volume);
            }
            volumes.accept(new VolumeId(volume.partition(), id, group));
        }

        @Override
        public void afterwards(GuestTask task) {
            if (!surroundings.hasAppliance()) {
                throw new IllegalArgumentException("the engine cannot " + task.describe());
            }
            tasks.accept(task);
        }

        @Override
        public void warn(String message) {
            warn(Message.of(message));
        }

        @Override
        public void warn(Message message) {
            warnings.accept(message);
        }
    }
}
