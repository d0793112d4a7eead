package io.imagewright.guest.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.spec.PropertyLimits;
import org.jspecify.annotations.Nullable;

/** Collects what inspection finds. What comes from a guest is made fit to print: one line, no control characters, no endless text. */
final class Findings {

    /** Characters of a name or a reason. */
    static final int NAME_LIMIT = 256;

    private static final int VALUE_LIMIT = 4096;
    private static final int WARNINGS_LIMIT = 100;

    private final Map<String, String> properties = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();
    private @Nullable String bootSigns;

    /** Sets a property; an empty value leaves it out. */
    void property(String key, String value) {
        String clean = clean(value, VALUE_LIMIT);
        if (clean.isEmpty()) {
            return;
        }
        PropertyLimits.complaint(key, clean).ifPresent(this::warn);
        properties.put(key, clean);
    }

    /** Sets a property that means something even if it is empty. */
    void propertyEvenEmpty(String key, String value) {
        property(key, value);
        properties.putIfAbsent(key, "");
    }

    /** The value of a property found before; empty when it was not. */
    String found(String key) {
        return properties.getOrDefault(key, "");
    }

    /** Warns the user, in a full sentence. */
    void warn(String sentence) {
        if (warnings.size() < WARNINGS_LIMIT) {
            warnings.add(clean(sentence, VALUE_LIMIT));
        } else if (warnings.size() == WARNINGS_LIMIT) {
            warnings.add("More warnings are left out.");
        }
    }

    /** Sets {@link Facts#bootSigns()}. */
    void bootSigns(String words) {
        bootSigns = words;
    }

    @Nullable
    String bootSigns() {
        return bootSigns;
    }

    Map<String, String> properties() {
        return properties;
    }

    List<String> warnings() {
        return warnings;
    }

    /** The text in one line, control and invisible formatting characters taken out, cut to some length. */
    static String clean(String text, int limit) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(4L * limit).forEach(c -> {
            if (Character.isWhitespace(c)) {
                line.append(' ');
            } else if (!Character.isISOControl(c)
                    && Character.getType(c) != Character.FORMAT
                    && Character.getType(c) != Character.SURROGATE) {
                line.appendCodePoint(c);
            }
        });
        String clean = line.toString().strip();
        return clean.length() <= limit
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, clean.codePointCount(0, limit - 1)));
    }
}
