package io.imagewright.cli;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What messages call the things that users set. A front end that runs this program passes its own names, as its users see no options.
 *
 * @param names the front end's name of an option ({@code --boot-port}), an operand ({@code MANIFEST}), a command ({@code build}), or of a
 *     phrase of the core that is about one front end only
 * @param isOfFrontEnd whether there are no options
 */
record Vocabulary(Map<String, String> names, boolean isOfFrontEnd) {

    /** Of the command line itself. */
    static final Vocabulary OPTIONS = new Vocabulary(Map.of(), false);

    private static final Pattern HYPHEN = Pattern.compile("-([a-z])");

    Vocabulary {
        names = Map.copyOf(names);
    }

    /** Of a program that passes these names. */
    static Vocabulary ofFrontEnd(Map<String, String> names) {
        return new Vocabulary(names, true);
    }

    /** An option or operand. One that the front end does not name is named as in a description, never as an option. */
    String name(String term) {
        String known = names.get(term);
        if (known != null) {
            return known;
        }
        return isOfFrontEnd ? setting(term) : term;
    }

    private static String setting(String term) {
        if (!term.startsWith("--")) {
            return term.toLowerCase(Locale.ROOT);
        }
        return HYPHEN.matcher(term.substring(2))
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }

    /** A command, as a sentence names it. */
    String command(String command) {
        return names.getOrDefault(command, isOfFrontEnd ? command : "`imagewright " + command + "`");
    }

    /** A message of the core in these words. */
    String message(String message) {
        String text = OwnWords.of(message, this);
        for (Map.Entry<String, String> phrase : names.entrySet()) {
            if (phrase.getKey().contains(" ")) {
                text = text.replace(phrase.getKey(), phrase.getValue());
            }
        }
        return text;
    }
}
