package io.imagewright.jenkins;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What forms and pipelines set fields to. A setter takes {@link Object}: then Jenkins hands over what a pipeline gives, be it a text, a text with
 * expressions, a number or a list, where a setter of a text refuses all but texts; forms send texts to either. Fields keep texts and numbers.
 */
public final class FieldValues {

    private FieldValues() {}

    /**
     * The text of a value; a list becomes its elements with commas between them.
     *
     * @return null for nothing, so that it stays out of generated pipelines
     * @throws IllegalArgumentException when it is a map or something else that is not a value
     */
    public static @Nullable String text(String field, @Nullable Object value) {
        if (value instanceof Object[] array) {
            return text(field, Arrays.asList(array));
        }
        if (value instanceof Collection<?> list) {
            return FormTexts.orNull(list.stream()
                    .map(each -> text(field, each))
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(",")));
        }
        return FormTexts.orNull(plain(field, value));
    }

    /**
     * A whole number.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static int number(String field, @Nullable Object value) {
        String text = text(field, value);
        try {
            return text == null ? 0 : new BigDecimal(text).intValueExact();
        } catch (ArithmeticException | NumberFormatException none) {
            throw wrong(field, "a whole number", text);
        }
    }

    /**
     * Lines {@code KEY=VALUE} of a map, of a list of such lines, or of a text that has them already.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static @Nullable String lines(String field, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return FormTexts.orNull(map.entrySet().stream()
                    .map(entry -> entry.getKey() + "="
                            + Objects.requireNonNullElse(text(field, entry.getValue()), "")
                                    .replaceAll("\\R", " "))
                    .collect(Collectors.joining("\n")));
        }
        if (value instanceof Collection<?> list) {
            return FormTexts.orNull(list.stream()
                    .map(each -> lines(field, each))
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining("\n")));
        }
        return FormTexts.orNull(plain(field, value));
    }

    private static @Nullable String plain(String field, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw wrong(field, "a text, a number or a list", value.getClass().getSimpleName());
    }

    private static IllegalArgumentException wrong(String field, String expected, @Nullable String found) {
        return new IllegalArgumentException("Imagewright: " + field + ": expected " + expected + ", found " + found);
    }
}
