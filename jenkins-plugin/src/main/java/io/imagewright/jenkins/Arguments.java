package io.imagewright.jenkins;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.error.SettingName;
import org.jspecify.annotations.Nullable;

/** Puts a command of the command line together; what is empty is left out. Not thread-safe. */
final class Arguments {

    private final List<String> words = new ArrayList<>();
    private final Map<String, String> names = new TreeMap<>(FieldNames.ALL);

    Arguments(String command) {
        words.add(command);
    }

    /**
     * An operand.
     *
     * @param field what messages are to call it
     */
    Arguments operand(SettingName setting, String field, String word) {
        names.put(setting.path(), field);
        words.add(word);
        return this;
    }

    Arguments option(String option, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            words.add(option + "=" + value.strip());
        }
        return this;
    }

    Arguments flag(String option, boolean isSet) {
        if (isSet) {
            words.add(option);
        }
        return this;
    }

    Arguments all(String option, List<String> values) {
        values.forEach(value -> words.add(option + "=" + value));
        return this;
    }

    Arguments each(String option, Map<String, String> values) {
        values.forEach((key, value) -> words.add(option + "=" + key + "=" + value));
        return this;
    }

    /** What messages are to call settings. */
    Map<String, String> names() {
        return Map.copyOf(names);
    }

    List<String> list() {
        return List.copyOf(words);
    }
}
