package io.imagewright.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import io.imagewright.error.ImageException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The program {@code imagewright}. */
@Command(
        name = "imagewright",
        mixinStandardHelpOptions = true,
        versionProvider = Imagewright.Version.class,
        description = "Turns operating-system disks into clean, small, checksummed, versioned images.",
        synopsisSubcommandLabel = "COMMAND",
        scope = CommandLine.ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed: the source, this machine, or the work itself",
            "2:the command line or a description is wrong",
            "130:stopped from the keyboard"
        })
public final class Imagewright {

    private Imagewright() {}

    /** Runs a command, and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        CommandEnvironment surroundings = CommandEnvironment.ofProcess();
        int exitCode = commandLine(surroundings).execute(arguments);
        if (surroundings.out().checkError()) {
            surroundings.err().println("imagewright: cannot write to standard output");
            exitCode = Math.max(exitCode, ExitCode.FAILED);
        }
        System.exit(exitCode);
    }

    static CommandLine commandLine(CommandEnvironment surroundings) {
        IFactory factory = new Factory(surroundings);
        CommandLine line = new CommandLine(new Imagewright(), factory);
        for (Class<?> command : List.of(
                BuildCommand.class,
                InspectCommand.class,
                PlanCommand.class,
                ConvertCommand.class,
                ChecksumCommand.class,
                VerifyCommand.class,
                ReportCommand.class,
                PublishCommand.class,
                FetchCommand.class,
                DiffCommand.class,
                DoctorCommand.class,
                EffectiveCommand.class,
                StdinCommand.class,
                CommandLine.HelpCommand.class,
                AutoComplete.GenerateCompletion.class,
                ManPageCommand.class)) {
            CommandLine added = new CommandLine(command, factory);
            if (added.getCommand() instanceof Customising customising) {
                customising.customise().addTo(added.getCommandSpec());
            }
            line.addSubcommand(added);
        }
        line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // an argument may be anybody's: @file is no way to read files
        line.setExpandAtFiles(false);
        line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, surroundings));
        boolean isOfFrontEnd = surroundings.vocabulary() instanceof FrontEndNames;
        line.setParameterExceptionHandler(
                (wrong, arguments) -> isOfFrontEnd ? refuse(wrong, surroundings) : correct(wrong, surroundings));
        return line;
    }

    /** Expected failures have no trace; the others are ours to fix. */
    private static int report(Exception failure, CommandEnvironment surroundings) {
        if (failure instanceof ImageException expected) {
            surroundings.err().println("imagewright: " + expected.message().in(surroundings.vocabulary()));
            if (expected.kind() == ImageException.Kind.INTERNAL && expected.getCause() != null) {
                expected.getCause().printStackTrace(surroundings.err());
            }
            return ExitCode.of(expected.kind());
        }
        surroundings.err().println("imagewright: failed for a reason that it does not know");
        failure.printStackTrace(surroundings.err());
        return ExitCode.FAILED;
    }

    /** What is wrong, and where to look: a page of options is no answer to a mistake. */
    private static int correct(ParameterException wrong, CommandEnvironment surroundings) {
        CommandLine command = wrong.getCommandLine();
        surroundings.err().println("imagewright: " + wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
        surroundings.err().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    /** A value that a front end passes for its user, who sees neither options nor the usage. */
    private static int refuse(ParameterException wrong, CommandEnvironment surroundings) {
        ArgSpec setting = wrong instanceof MissingParameterException missing
                ? missing.getMissing().get(0)
                : wrong.getArgSpec();
        String message = String.valueOf(wrong.getMessage());
        if (setting != null) {
            String value = wrong.getValue();
            message = name(setting, surroundings.vocabulary())
                    + (value == null ? ": a value is missing" : ": '" + value + "' is not a value for it");
        }
        surroundings.err().println("imagewright: " + message);
        return ExitCode.USAGE;
    }

    private static String name(ArgSpec setting, Vocabulary vocabulary) {
        if (!(setting instanceof OptionSpec option)) {
            return vocabulary.option(setting.paramLabel());
        }
        return vocabulary.option(Arrays.stream(option.names())
                .filter(name -> OptionNames.setting(name).isPresent())
                .findFirst()
                .orElse(option.longestName()));
    }

    /** Gives commands and groups of options what the program was started with. */
    private record Factory(CommandEnvironment surroundings) implements IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            try {
                return type.getDeclaredConstructor(CommandEnvironment.class).newInstance(surroundings);
            } catch (NoSuchMethodException needsNothing) {
                return CommandLine.defaultFactory().create(type);
            }
        }
    }

    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Imagewright.class.getPackage().getImplementationVersion();
            return new String[] {"imagewright " + (version == null ? "unknown" : version)};
        }
    }
}
