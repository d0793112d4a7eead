package io.imagewright.cli;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import picocli.CommandLine.Model.OptionSpec;

/** The core's messages name parameters and goals as Maven spells them; here they are options and commands. */
final class OwnWords {

    /** A file may be called {@code my-image.raw}. */
    private static final Pattern PARAMETER =
            Pattern.compile("(?:-D|(?<![\\w./-]))image\\.([a-z][A-Za-z]*)\\b(?!\\.\\w)");

    private static final Pattern GOAL = Pattern.compile("(?<![\\w./-])image:([a-z]+)\\b");
    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    private static final Set<String> OPTIONS =
            Imagewright.commandLine(CommandEnvironment.ofProcess()).getSubcommands().values().stream()
                    .flatMap(command -> command.getCommandSpec().options().stream())
                    .map(OptionSpec::longestName)
                    .collect(Collectors.toUnmodifiableSet());

    private OwnWords() {}

    static String of(String message, Vocabulary vocabulary) {
        String options = PARAMETER.matcher(message).replaceAll(found -> option(found, vocabulary));
        return GOAL.matcher(options).replaceAll(goal -> Matcher.quoteReplacement(vocabulary.command(goal.group(1))));
    }

    private static String option(MatchResult parameter, Vocabulary vocabulary) {
        String option = "--"
                + CAPITAL.matcher(parameter.group(1))
                        .replaceAll(capital -> "-" + capital.group().toLowerCase(Locale.ROOT));
        return Matcher.quoteReplacement(OPTIONS.contains(option) ? vocabulary.name(option) : parameter.group());
    }
}
