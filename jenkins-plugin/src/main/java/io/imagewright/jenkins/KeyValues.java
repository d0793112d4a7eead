package io.imagewright.jenkins;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Lines {@code KEY=VALUE}, as people write several values into one field. */
final class KeyValues {

    private KeyValues() {}

    /** In the order of the lines; blank lines and what has no {@code =} are left out. */
    static Map<String, String> read(@Nullable String text) {
        Map<String, String> values = new LinkedHashMap<>();
        if (text != null) {
            text.lines().forEach(line -> {
                int end = line.indexOf('=');
                if (end > 0) {
                    values.put(
                            line.substring(0, end).strip(),
                            line.substring(end + 1).strip());
                }
            });
        }
        return values;
    }

    /** The first line that is none. */
    static Optional<String> firstBad(@Nullable String text) {
        return text == null
                ? Optional.empty()
                : text.lines()
                        .filter(line -> !line.isBlank() && line.indexOf('=') <= 0)
                        .findFirst();
    }
}
