package io.imagewright.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code imagewright man-page}. */
@Command(
        name = "man-page",
        description = "Prints the manual page: imagewright man-page > /usr/local/share/man/man1/imagewright.1")
final class ManPageCommand implements Callable<Integer> {

    private final CommandEnvironment surroundings;

    @Spec
    private CommandSpec spec;

    ManPageCommand(CommandEnvironment surroundings) {
        this.surroundings = surroundings;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        surroundings.out().print(ManPage.of(spec.root()));
        surroundings.out().flush();
        return ExitCode.DONE;
    }
}
