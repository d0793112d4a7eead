package io.imagewright.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.RegistryBatch;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.progress.Counted;
import io.imagewright.progress.Steps;
import io.imagewright.sysprep.MediumContext;
import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.Operations;
import io.imagewright.sysprep.ParameterValues;
import io.imagewright.sysprep.Removed;
import io.imagewright.sysprep.Sysprep;
import io.imagewright.sysprep.SysprepResult;
import io.imagewright.sysprep.linux.LinuxOperation;
import io.imagewright.sysprep.unix.UnixOperation;
import io.imagewright.sysprep.windows.WindowsOperation;

/** The job's operations and parameters. */
final class GuestSysprep {

    private final Operations operations;
    private final Set<Operation> selected;
    private final List<Operation> undecided;
    private final ParameterValues parameters;

    /** Names of those that the user enabled. */
    private final Set<String> asked;

    GuestSysprep(GuestJob job) {
        this.operations = Operations.load(GuestSysprep.class.getClassLoader());
        this.selected = operations.select(job.description().sysprep());
        this.undecided = operations.undecided(job.description().sysprep());
        this.asked = job.description().sysprep().enable().stream()
                .flatMap(word -> operations.find(word).stream())
                .map(Operation::name)
                .collect(Collectors.toUnmodifiableSet());
        this.parameters =
                ParameterValues.checked(operations, job.description().sysprep().params(), job.parameters());
    }

    /** Why the guest must be mounted, as in "the operation script needs it mounted"; empty when it need not. */
    Optional<String> mounting() {
        return operations.all().stream()
                .filter(operation -> selected.contains(operation) && operation.needsMount(parameters))
                .findFirst()
                .map(operation -> "the operation " + operation.name() + " needs the guest mounted");
    }

    /** Plans and applies. */
    SysprepResult run(Guest guest, Facts facts, MediumContext surroundings, Steps steps) {
        return steps.run("sysprep", step -> {
            SysprepResult result = plan(guest, facts, surroundings, steps);
            RegistryBatch.apply(guest, facts.mountPoints(), result.changes());
            step.bytes(result.operations().stream()
                    .mapToLong(SysprepResult.Outcome::bytes)
                    .sum());
            step.detail(Counted.of(result.operations().size(), "operation") + ", "
                    + Counted.of(result.changes().size(), "change"));
            return result;
        });
    }

    /** Changes nothing. */
    SysprepResult plan(GuestTree guest, Facts facts, MediumContext surroundings, Steps steps) {
        Set<Operation> own = selected.stream()
                .filter(operation -> asked.contains(operation.name()) || !isOfAnotherSystem(operation, facts))
                .collect(Collectors.toSet());
        SysprepResult result = Sysprep.plan(guest, facts, surroundings, operations, own, parameters, steps::warn);
        logSkipped(result, facts, steps);
        Sysprep.warnOfKept(guest, facts, surroundings, undecided, parameters, result, steps::warn);
        return result;
    }

    /** That Windows' operations do not apply to a Linux, and the other way round, is no news to anybody. */
    private static boolean isOfAnotherSystem(Operation operation, Facts facts) {
        boolean windows = operation instanceof WindowsOperation;
        boolean unix = operation instanceof LinuxOperation || operation instanceof UnixOperation;
        return (facts.isWindows() ? unix : windows) && !operation.appliesTo(facts);
    }

    /** The same for those of the selected operations that have one of these names. */
    SysprepResult plan(GuestTree guest, Facts facts, MediumContext surroundings, Set<String> names, Steps steps) {
        Set<Operation> some = selected.stream()
                .filter(operation -> names.contains(operation.name()))
                .collect(Collectors.toSet());
        return Sysprep.plan(guest, facts, surroundings, operations, some, parameters, steps::warn);
    }

    /** Nothing is left out silently, least of all what the user asked for by name. */
    private void logSkipped(SysprepResult result, Facts facts, Steps steps) {
        Map<Boolean, List<String>> skipped = result.operations().stream()
                .filter(outcome -> !outcome.skipped().isEmpty())
                .map(SysprepResult.Outcome::name)
                .collect(Collectors.partitioningBy(asked::contains));
        skipped.getOrDefault(true, List.of())
                .forEach(name -> steps.warn("The operation " + name + ", which is enabled by name, does not apply to "
                        + facts.product() + "."));
        List<String> others = skipped.getOrDefault(false, List.of());
        if (!others.isEmpty()) {
            steps.skip("operations " + String.join(", ", others), "they do not apply to " + facts.product());
        }
    }

    /** What the bytes of the image depend on beside this tool: the jars that users' own operations come from. */
    SortedMap<String, String> origins() {
        return OwnOperations.origins(selected);
    }

    /** The selected operations, none of which runs, in running order. */
    List<GuestReport.Outcome> skipped(String reason) {
        return operations.all().stream()
                .filter(selected::contains)
                .map(operation -> new GuestReport.Outcome(operation.name(), 0, 0, Removed.NOTHING, reason, List.of()))
                .toList();
    }

    List<GuestReport.Operation> operations(Facts facts) {
        return operations.all().stream()
                .filter(operation -> !isOfAnotherSystem(operation, facts))
                .map(operation -> new GuestReport.Operation(
                        operation.name(),
                        operation.aliases().stream().sorted().toList(),
                        operation.description(),
                        selected.contains(operation),
                        operation.appliesTo(facts)))
                .toList();
    }

    List<GuestReport.Parameter> parameters() {
        return parameters.parameters().stream()
                .map(parameter -> new GuestReport.Parameter(
                        parameter.name(),
                        parameter.description(),
                        parameter.type().word(),
                        parameter.defaultValue(),
                        parameters.text(parameter)))
                .toList();
    }
}
