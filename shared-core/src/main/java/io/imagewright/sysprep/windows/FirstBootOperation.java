package io.imagewright.sysprep.windows;

import java.util.List;
import java.util.stream.Collectors;

import io.imagewright.guest.Change;
import io.imagewright.guest.inspect.WindowsFirstBoot;
import io.imagewright.guest.inspect.WindowsSystem;
import io.imagewright.sysprep.OperationContext;

/** An operation that only a running Windows can do: commands for its first boot. */
interface FirstBootOperation extends WindowsOperation {

    /** Lines of a batch file. */
    List<String> commands();

    @Override
    default String effect() {
        return commands().stream()
                .map(command -> "`" + command + "`")
                .collect(Collectors.joining(", ", "At first boot: runs ", "."));
    }

    @Override
    default List<Change> plan(OperationContext context, WindowsSystem system) {
        return new WindowsFirstBoot(system, context.guest())
                .script("10-" + name(), String.join("\n", commands()) + "\n");
    }
}
