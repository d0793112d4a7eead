package io.imagewright.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page, made of the options themselves. Source: man(7), groff_man(7). */
final class ManPage {

    private static final List<List<String>> ENVIRONMENT = List.of(
            List.of(PassphraseInput.LUKS_VARIABLE, "A passphrase that is tried on each LUKS container of the source."),
            List.of(PassphraseInput.GPG_VARIABLE, "The passphrase of the key that signs."),
            List.of(
                    "SOURCE_DATE_EPOCH",
                    "Time of everything that is dated, in seconds since 1970, when there is no --timestamp."));

    private static final List<List<String>> EXAMPLES = List.of(
            List.of("imagewright build disk.qcow2 --format qcow2,tar.zst -d out", "Builds two artifacts of a disk."),
            List.of(
                    "imagewright build web.yaml --property DESCRIPTION='Web front end'",
                    "Builds what a description says."),
            List.of("imagewright build -o web.diskdump disk.raw", "Leaves what snf-mkimage leaves, under its names."),
            List.of(
                    "imagewright verify --boot --boot-port 22 out/web-1.image-manifest.json",
                    "Starts a finished image."),
            List.of(
                    "imagewright publish --description web.yaml out/web-1.image-manifest.json",
                    "Publishes a finished image to the targets that its description names."));

    private final StringBuilder page = new StringBuilder();

    private ManPage() {}

    static String of(CommandSpec root) {
        ManPage page = new ManPage();
        page.write(root);
        return page.page.toString();
    }

    private void write(CommandSpec root) {
        String name = root.name();
        macro("TH", name.toUpperCase(java.util.Locale.ROOT), "1", "", first(root.version()), "");
        macro("SH", "NAME");
        text(name + " - " + description(root));
        macro("SH", "SYNOPSIS");
        page.append(".B ").append(escaped(name)).append("\n.I COMMAND\n[OPTION]...\n");
        macro("SH", "DESCRIPTION");
        text(description(root));
        text("Each command says what it takes with --help.");
        macro("SH", "COMMANDS");
        for (Map.Entry<String, CommandLine> command : root.subcommands().entrySet()) {
            CommandSpec spec = command.getValue().getCommandSpec();
            if (command.getKey().equals(spec.name()) && !spec.usageMessage().hidden()) {
                command(spec);
            }
        }
        macro("SH", "EXIT STATUS");
        root.usageMessage().exitCodeList().forEach(this::entry);
        macro("SH", "ENVIRONMENT");
        ENVIRONMENT.forEach(each -> entry(each.get(0), each.get(1)));
        macro("SH", "EXAMPLES");
        EXAMPLES.forEach(each -> entry(each.get(0), each.get(1)));
    }

    private void command(CommandSpec command) {
        List<String> operands = command.positionalParameters().stream()
                .map(PositionalParamSpec::paramLabel)
                .toList();
        macro("SS", command.qualifiedName(" ") + " [OPTION]... " + String.join(" ", operands));
        text(description(command));
        command.positionalParameters().forEach(each -> entry(each.paramLabel(), description(each)));
        for (OptionSpec option : command.options()) {
            if (!option.hidden() && !option.usageHelp() && !option.versionHelp()) {
                String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
                entry(names(option) + value, description(option));
            }
        }
    }

    private static String names(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.negatable() ? names + ", " + names.replace("--", "--no-") : names;
    }

    private static String description(CommandSpec command) {
        return String.join(" ", command.usageMessage().description());
    }

    private static String description(ArgSpec argument) {
        return Arrays.stream(argument.description())
                .map(line -> line.replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()))
                        .replace("$${", "${"))
                .collect(Collectors.joining(" "));
    }

    private static String first(String... texts) {
        return texts.length == 0 ? "" : texts[0];
    }

    private void entry(String term, String description) {
        page.append(".TP\n\\fB").append(escaped(term)).append("\\fR\n");
        text(description);
    }

    private void text(String text) {
        page.append(escaped(text)).append('\n');
    }

    private void macro(String macro, String... arguments) {
        page.append('.').append(macro);
        for (String argument : arguments) {
            page.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
        }
        page.append('\n');
    }

    /** A hyphen of an option is a minus sign; a line that begins with a full stop or a quote would be taken for a macro. */
    private static String escaped(String text) {
        String line = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ");
        return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
    }
}
