package io.imagewright.spec;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.imagewright.error.ImageException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * What the YAML parser refuses, in the words of somebody who writes a description: a table of typical mistakes, the first that fits counts. The
 * parser names what it found, which is often a line below the mistake.
 */
final class SyntaxRules {

    /** Which place a rule points at. */
    private enum At {
        /** Where the parser stopped. */
        PROBLEM,
        /** Where the parser was inside of something that began earlier. */
        CONTEXT,
        /** The end of the last line above with something in it. */
        ABOVE,
        /** Where the line has a no-break space. */
        INDENTATION
    }

    /**
     * A typical mistake.
     *
     * @param problem begins the parser's sentence
     * @param fits looks at the text
     */
    private record Rule(String problem, Predicate<Spot> fits, At at, String reason, String next) {}

    /**
     * What the parser reported.
     *
     * @param line from 1
     * @param column from 1
     */
    private record Spot(SourceText text, String context, int contextLine, int contextColumn, int line, int column) {

        String written() {
            return text.line(line);
        }

        String above() {
            return text.line(text.lineAbove(line));
        }

        /** From the place on. */
        String rest() {
            return written().substring(Math.min(written().length(), Math.max(0, column - 1)));
        }

        String before() {
            return written().substring(0, Math.min(written().length(), Math.max(0, column - 1)));
        }

        boolean isInFlow() {
            return context.contains("flow");
        }
    }

    private static final String INDENT = "Keys of one level begin in the same column.";
    private static final String QUOTE = "Put the value into quotes: 'value'.";

    private static final Pattern COLON_WITHOUT_BLANK = Pattern.compile("\\s*(?:- )?[A-Za-z][\\w.-]*:[^\\s:/].*");
    private static final Pattern KEY = Pattern.compile("\\s*(?:- )?\\S+\\s*:(?:\\s.*)?");
    private static final Pattern VALUE = Pattern.compile(".*?:\\s+\\S.*");

    static final String NO_BREAK_SPACE = "a no-break space (U+00A0), and YAML indents with spaces";

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "",
                    spot -> spot.written().matches("\\s*\u00a0.*"),
                    At.INDENTATION,
                    NO_BREAK_SPACE,
                    "Replace it by a space."),
            new Rule(
                    "found character '\\t",
                    spot -> true,
                    At.PROBLEM,
                    "a tab, and YAML indents with spaces",
                    "Replace the tab by spaces."),
            new Rule(
                    "found character '",
                    spot -> true,
                    At.PROBLEM,
                    "a value cannot begin with this character, which YAML keeps for itself",
                    QUOTE),
            new Rule(
                    "found unexpected end of stream",
                    spot -> spot.context().contains("quoted scalar"),
                    At.CONTEXT,
                    "the text that begins with this quote has no end",
                    "Add the other quote; a quote inside of '...' is written twice."),
            new Rule(
                    "found unknown escape character",
                    spot -> true,
                    At.PROBLEM,
                    "a backslash inside of \"...\" begins an escape sequence, and this is none",
                    "Put the value into single quotes, where a backslash is only that, or write \\\\."),
            new Rule(
                    "expected escape sequence",
                    spot -> true,
                    At.PROBLEM,
                    "a backslash inside of \"...\" begins an escape sequence, and this is none",
                    "Put the value into single quotes, where a backslash is only that, or write \\\\."),
            new Rule(
                    "expected ',' or",
                    spot -> spot.rest().startsWith("{") && spot.before().endsWith("$"),
                    At.PROBLEM,
                    "inside of { } and [ ] the brace of ${...} is YAML's own",
                    "Put the value into quotes: '${name}'."),
            new Rule(
                    "expected ',' or",
                    spot -> spot.line() == spot.contextLine(),
                    At.PROBLEM,
                    "a comma or the closing bracket is missing here",
                    "Write it, or put a value with such characters into quotes."),
            new Rule(
                    "expected ',' or",
                    Spot::isInFlow,
                    At.CONTEXT,
                    "what begins with this bracket has no end",
                    "Write the closing bracket."),
            new Rule(
                    "mapping values are not allowed",
                    spot -> COLON_WITHOUT_BLANK.matcher(spot.above()).matches(),
                    At.ABOVE,
                    "no blank after the colon of this line",
                    "Write key: value."),
            new Rule(
                    "mapping values are not allowed",
                    spot -> VALUE.matcher(spot.before()).matches(),
                    At.PROBLEM,
                    "a value with a colon and a blank in it",
                    QUOTE),
            new Rule(
                    "mapping values are not allowed",
                    spot -> VALUE.matcher(spot.above()).matches(),
                    At.PROBLEM,
                    "this line is indented deeper than the one above, which has a value already",
                    INDENT),
            new Rule(
                    "mapping values are not allowed",
                    spot -> !KEY.matcher(spot.above()).matches(),
                    At.ABOVE,
                    "this line has no colon",
                    "Write key: value, or - before an item of a list."),
            new Rule(
                    "could not find expected ':'",
                    spot -> true,
                    At.CONTEXT,
                    "this line has no colon",
                    "Write key: value, or - and a blank before an item of a list; a text of several lines begins with |"
                            + " and is indented."),
            new Rule(
                    "sequence entries are not allowed",
                    spot -> true,
                    At.PROBLEM,
                    "a list does not begin on the line of its key",
                    "Write - on a line of its own, or [a, b]; a value that begins with - and a blank needs quotes."),
            new Rule(
                    "expected <block end>, but found '-'",
                    spot -> true,
                    At.PROBLEM,
                    "an item of a list, where a key is expected",
                    "Indent it below the key that it belongs to."),
            new Rule(
                    "expected <block end>, but found '<scalar>'",
                    spot -> !spot.before().isBlank(),
                    At.PROBLEM,
                    "text after the end of a value",
                    "Put the whole value into quotes; a quote inside of '...' is written twice."),
            new Rule(
                    "expected <block end>",
                    spot -> spot.context().contains("collection") && spot.column() == spot.contextColumn(),
                    At.PROBLEM,
                    "an item of a list begins with - and a blank",
                    "Write - before it, or indent it as the key that it belongs to."),
            new Rule(
                    "expected <block end>",
                    spot -> true,
                    At.PROBLEM,
                    "the indentation of this line is that of no line above",
                    INDENT),
            new Rule(
                    "expected '<document start>'",
                    spot -> spot.text().lineAbove(spot.line()) > 0
                            && !spot.above().startsWith("..."),
                    At.PROBLEM,
                    "the indentation of this line is less than that of the first line",
                    INDENT),
            new Rule(
                    "expected '<document start>'",
                    spot -> true,
                    At.PROBLEM,
                    "a second document begins here, and a file describes one image",
                    "Move it to a file of its own."),
            new Rule(
                    "expected chomping or indentation indicators",
                    spot -> true,
                    At.PROBLEM,
                    "| and > begin a text of several lines, which starts on the next line",
                    QUOTE),
            new Rule(
                    "expected the node content",
                    spot -> true,
                    At.PROBLEM,
                    "no value can begin with this character here",
                    "Remove it, or put the value into quotes."),
            new Rule(
                    "",
                    spot -> spot.context().contains("directive"),
                    At.PROBLEM,
                    "a line that begins with % is a directive of YAML",
                    "Put the key or value into quotes."));

    private SyntaxRules() {}

    /** The mistake in the user's words; of none of the table, in the parser's. */
    static ImageException explain(SourceText text, MarkedYAMLException failure) {
        String problem = String.valueOf(failure.getProblem());
        Mark at = failure.getProblemMark();
        Mark context = failure.getContextMark();
        Spot spot = new Spot(
                text, String.valueOf(failure.getContext()), line(context), column(context), line(at), column(at));
        for (Rule rule : RULES) {
            if (problem.startsWith(rule.problem()) && rule.fits().test(spot)) {
                return at(rule, spot);
            }
        }
        return text.mistake(
                spot.line(),
                spot.column(),
                "",
                "not readable as YAML: "
                        + problem.lines().findFirst().orElse("").strip(),
                "");
    }

    private static ImageException at(Rule rule, Spot spot) {
        int line = spot.line();
        int column = spot.column();
        if (rule.at() == At.CONTEXT) {
            line = spot.contextLine();
            column = spot.contextColumn();
        } else if (rule.at() == At.INDENTATION) {
            column = spot.written().indexOf('\u00a0') + 1;
        } else if (rule.at() == At.ABOVE) {
            line = spot.text().lineAbove(spot.line());
            column = spot.above().indexOf(':') < 0
                    ? spot.above().length() + 1
                    : spot.above().indexOf(':') + 2;
        }
        return spot.text().mistake(line, column, "", rule.reason(), rule.next());
    }

    private static int line(@Nullable Mark mark) {
        return mark == null ? 0 : mark.getLine() + 1;
    }

    private static int column(@Nullable Mark mark) {
        return mark == null ? 0 : mark.getColumn() + 1;
    }
}
