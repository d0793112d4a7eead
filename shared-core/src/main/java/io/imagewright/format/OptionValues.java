package io.imagewright.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;

/** Reads what users write as options of a format. */
final class OptionValues {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

    private OptionValues() {}

    /**
     * One of some words, in any letter case.
     *
     * @throws ImageException DESCRIPTION when it is none of them
     */
    static <E extends Enum<E>> E choice(String format, String option, String word, E[] known) {
        return choice(format, option, word, known, OptionValues::word);
    }

    /**
     * One of some words, in any letter case.
     *
     * @param spelling how users write each
     * @throws ImageException DESCRIPTION when it is none of them
     */
    static <E> E choice(String format, String option, String word, E[] known, Function<E, String> spelling) {
        return Arrays.stream(known)
                .filter(value -> spelling.apply(value).equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> bad(
                        format,
                        option,
                        word,
                        "one of "
                                + String.join(
                                        ", ", Arrays.stream(known).map(spelling).toList())));
    }

    /** A choice as users write it. */
    static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    /**
     * A number in a range.
     *
     * @throws ImageException DESCRIPTION when it is none, or out of the range
     */
    static int number(String format, String option, String text, int least, int most) {
        int number = number(text);
        if (number < least || number > most) {
            throw bad(format, option, text, "a number from " + least + " to " + most);
        }
        return number;
    }

    /** A number of up to three digits; -1 for anything else. */
    static int number(String text) {
        return NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
    }

    /** The error for a value that an option cannot have. */
    static ImageException bad(String format, String option, String value, String wanted) {
        return ImageException.of(
                Kind.DESCRIPTION,
                "Bad value '" + value + "' of option " + option + " of format " + format,
                "it must be " + wanted,
                Message.of("Correct ", SettingName.formatOption(option), "."));
    }
}
