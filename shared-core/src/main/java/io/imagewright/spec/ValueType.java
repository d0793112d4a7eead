package io.imagewright.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.imagewright.error.Message;
import org.jspecify.annotations.Nullable;

/** What may stand at a place of the description. The types form the schema; see {@link Schema}. */
public sealed interface ValueType {

    /** What a user should write there, to follow the word "expected". */
    String expected();

    /**
     * A free text that passes a test.
     *
     * @param secret whether no message may show what was written
     * @param lowerCase whether the text is a word that is turned to lower case, before the test
     * @param pattern a regular expression that matches no less than what passes the test; null when there is none
     */
    record Text(
            String expected,
            Predicate<String> accepts,
            boolean secret,
            boolean lowerCase,
            @Nullable String pattern) implements ValueType {

        /** A text that may be shown. */
        public Text(String expected, Predicate<String> accepts) {
            this(expected, accepts, false, false, null);
        }

        static Text matching(String expected, String regex) {
            return new Text(expected, Pattern.compile(regex).asMatchPredicate(), false, false, regex);
        }

        /** A word in any letter case. */
        static Text word(String expected, String regex) {
            return new Text(expected, Pattern.compile(regex).asMatchPredicate(), false, true, regex);
        }

        /** A text that no message shows. */
        static Text secret(String expected, Predicate<String> accepts) {
            return new Text(expected, accepts, true, false, null);
        }
    }

    /** One of a few words, in any letter case. */
    record Words(List<String> words) implements ValueType {

        @Override
        public String expected() {
            return words.size() == 1
                    ? words.get(0)
                    : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.get(words.size() - 1);
        }
    }

    /**
     * A list. One text with commas serves too.
     *
     * @param element name of an item's element in XML
     * @param nonEmpty whether an empty list is a mistake
     * @param opposite null for a list that replaces the one it is merged over; else items add, and take themselves back from
     *     the neighbouring list of this key
     * @param restart the neighbouring key with which a layer starts a list that adds again; null when there is none
     */
    record ListOf(
            ValueType item,
            String element,
            boolean nonEmpty,
            @Nullable String opposite,
            @Nullable String restart) implements ValueType {

        /** A list that is not started again. */
        public ListOf(ValueType item, String element, boolean nonEmpty, @Nullable String opposite) {
            this(item, element, nonEmpty, opposite, null);
        }

        @Override
        public String expected() {
            return "a list";
        }
    }

    /**
     * Texts by keys of the user's choice.
     *
     * @param upperCase whether keys are turned to upper case
     */
    record MapOf(String expectedKey, Pattern key, boolean upperCase) implements ValueType {

        @Override
        public String expected() {
            return "keys with values";
        }
    }

    /**
     * Fixed keys.
     *
     * @param required names of keys that must be there; of use in lists only, as other layers may add keys elsewhere
     * @param foreign advice by words of other tools that a user may write here; a sentence each
     */
    record Section(List<Setting> keys, List<String> required, Map<String, Message> foreign) implements ValueType {

        /** Keys of which none is required. */
        public Section(List<Setting> keys) {
            this(keys, List.of(), Map.of());
        }

        /** Keys of which some are required. */
        public Section(List<Setting> keys, List<String> required) {
            this(keys, required, Map.of());
        }

        @Override
        public String expected() {
            return keys.isEmpty() ? "{}, as it has no keys" : "keys with values (" + String.join(", ", names()) + ")";
        }

        /** The names of the keys, as declared. */
        public List<String> names() {
            return keys.stream().map(Setting::name).toList();
        }

        /** The key of this name. */
        public Optional<Setting> key(String name) {
            return keys.stream().filter(key -> key.name().equals(name)).findFirst();
        }
    }

    /** One, and only one, of these keys. */
    record Choice(Section of) implements ValueType {

        @Override
        public String expected() {
            return "one of the keys " + String.join(", ", of.names());
        }
    }

    /**
     * A word for the common case, or a section for the rest.
     *
     * @param key the key of the section that the word is the value of; null when the word has a meaning of its own
     */
    record Either(ValueType word, Section section, @Nullable String key) implements ValueType {

        /** A word with a meaning of its own. */
        public Either(ValueType word, Section section) {
            this(word, section, null);
        }

        @Override
        public String expected() {
            return word.expected() + ", or " + section.expected();
        }
    }
}
