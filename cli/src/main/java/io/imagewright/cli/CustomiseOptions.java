package io.imagewright.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Stack;

import io.imagewright.cli.CustomiseOption.Needless;
import io.imagewright.cli.CustomiseOption.Refused;
import io.imagewright.cli.CustomiseOption.Served;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.spec.Node;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Options with virt-customize's names for the actions of {@code customise}, done in the order of the command line. */
final class CustomiseOptions {

    private record Given(CustomiseOption option, String value) {}

    private final List<Given> given = new ArrayList<>();

    /** Adds them to a command. */
    void addTo(CommandSpec command) {
        CustomiseTable.all().forEach(option -> command.addOption(spec(option)));
    }

    /**
     * What they ask for, in their order.
     *
     * @param err takes warnings of those that have no effect
     * @throws ImageException DESCRIPTION for one that nothing serves, or a bad value
     */
    List<Node> actions(PrintStream err) {
        List<Node> actions = new ArrayList<>();
        for (Given each : given) {
            if (each.option() instanceof Refused refused) {
                throw ImageException.of(Kind.DESCRIPTION, refused.name(), refused.reason(), refused.instead());
            } else if (each.option() instanceof Needless needless) {
                err.println("Warning: " + needless.name() + " has no effect, as " + needless.reason());
            } else if (each.option() instanceof Served served) {
                actions.addAll(served.actions().apply(new CustomiseText(served.name(), each.value())));
            }
        }
        return actions;
    }

    private OptionSpec spec(CustomiseOption option) {
        OptionSpec.Builder spec = OptionSpec.builder(option.name())
                .type(List.class)
                .auxiliaryTypes(String.class)
                .parameterConsumer((arguments, argument, command) -> take(option, arguments, argument, command));
        return option instanceof Served served
                ? spec.arity("1")
                        .paramLabel(served.label())
                        .description(served.description())
                        .build()
                : spec.arity("0..1").hidden(true).build();
    }

    /** Each option is taken as it comes, so that their order is known. */
    private void take(CustomiseOption option, Stack<String> arguments, ArgSpec argument, CommandSpec command) {
        if (option instanceof Served) {
            if (arguments.isEmpty() || command.findOption(arguments.peek()) != null) {
                throw new ParameterException(
                        command.commandLine(),
                        "Missing required parameter for option '" + option.name() + "' (" + argument.paramLabel()
                                + ")");
            }
            given.add(new Given(option, arguments.pop()));
        } else {
            given.add(new Given(option, ""));
        }
    }
}
