package io.imagewright.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A value that differs, as it is shown.
 *
 * @param before null when there was none
 * @param after null when there is none
 */
public record ValueChange(
        String name,
        @JsonProperty("old") @Nullable String before,
        @JsonProperty("new") @Nullable String after) {

    /** Those that differ, in the order of their names. */
    static List<ValueChange> of(Map<String, String> before, Map<String, String> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<ValueChange> changes = new ArrayList<>();
        for (String name : names) {
            String one = before.get(name);
            String other = after.get(name);
            if (!Objects.equals(one, other)) {
                changes.add(new ValueChange(Shown.text(name), shown(one), shown(other)));
            }
        }
        return changes;
    }

    private static @Nullable String shown(@Nullable String value) {
        return value == null ? null : Shown.text(value);
    }
}
