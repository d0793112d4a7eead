package io.imagewright.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A substitution of Perl, {@code s/REGEX/REPLACEMENT/FLAGS}, in the words of the action {@code edit}: a regular expression of Java, which replaces
 * all that matches in a line. What would mean something else there is refused. Source: perlop(1), perlre(1).
 *
 * @param match regular expression of Java
 * @param replace as {@link java.util.regex.Matcher#replaceAll(String)} takes it
 */
record PerlSubstitution(String match, String replace) {

    private static final String DELIMITERS = "/,#!@%~;:";

    /** Perl's own, or a variable of Perl. */
    private static final Pattern FOREIGN_REGEX =
            Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\$(?:\\w|\\{)|\\[\\[:|\\\\[Kg]|\\(\\?[&PR{0-9]|\\(\\*");

    private static final Pattern GROUP = Pattern.compile("(?:\\\\|\\$)([1-9])|\\$\\{([1-9])}");

    /** @throws io.imagewright.error.ImageException DESCRIPTION when it is no substitution, or one that only Perl can do */
    static PerlSubstitution parse(CustomiseText text, String expression) {
        List<String> parts = parts(expression.strip());
        if (parts.size() != 3 || parts.get(0).isEmpty()) {
            throw text.bad(
                    "the expression is no substitution s/REGEX/REPLACEMENT/g",
                    "Others need Perl: use --firstboot or --host-run.");
        }
        String regex = parts.get(0);
        String flags = parts.get(2);
        if (!flags.matches("[gi]{0,2}") || FOREIGN_REGEX.matcher(regex).find()) {
            throw text.bad(
                    "the expression needs Perl",
                    "Use what regular expressions of Java have, and the flags g and i alone.");
        }
        boolean once = !regex.contains("|") && (regex.startsWith("^") || regex.matches(".*[^\\\\]\\$"));
        if (!flags.contains("g") && !once) {
            throw text.bad(
                    "without the flag g only the first match of a line would be replaced, and the action edit replaces all",
                    "Add g, or bind the expression to the line with ^ or $.");
        }
        return new PerlSubstitution((flags.contains("i") ? "(?i)" : "") + regex, replacement(text, parts.get(1)));
    }

    /** Between the delimiters; empty when it is no substitution. */
    private static List<String> parts(String expression) {
        if (expression.length() < 2 || expression.charAt(0) != 's' || DELIMITERS.indexOf(expression.charAt(1)) < 0) {
            return List.of();
        }
        char delimiter = expression.charAt(1);
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 2; i < expression.length(); i++) {
            char character = expression.charAt(i);
            if (character == '\\' && i + 1 < expression.length()) {
                char next = expression.charAt(++i);
                part.append(next == delimiter ? "" : "\\").append(next);
            } else if (character == delimiter) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(character);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static String replacement(CustomiseText text, String written) {
        StringBuilder replacement = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            java.util.regex.Matcher group = GROUP.matcher(written).region(i, written.length());
            char character = written.charAt(i);
            if (group.lookingAt()) {
                replacement.append('$').append(group.group(1) == null ? group.group(2) : group.group(1));
                i = group.end() - 1;
            } else if (character == '\\'
                    && i + 1 < written.length()
                    && "\\$@.*+?()[]{}|^\"'-".indexOf(written.charAt(i + 1)) >= 0) {
                char literal = written.charAt(++i);
                replacement
                        .append(literal == '\\' || literal == '$' ? "\\" : "")
                        .append(literal);
            } else if (character == '\\' || (character == '$' && i + 1 < written.length())) {
                throw text.bad(
                        "the replacement needs Perl", "Use plain text and $1 to $9; a $ of its own is written \\$.");
            } else {
                replacement.append(character == '$' ? "\\$" : String.valueOf(character));
            }
        }
        return replacement.toString();
    }
}
