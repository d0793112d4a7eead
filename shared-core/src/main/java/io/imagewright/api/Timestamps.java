package io.imagewright.api;

import java.time.DateTimeException;
import java.time.OffsetDateTime;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The time that outputs carry, by the rules of reproducible builds: {@code project.build.outputTimestamp}, else the variable
 * {@code SOURCE_DATE_EPOCH}.
 */
public final class Timestamps {

    private Timestamps() {}

    /**
     * Seconds since the epoch; null when neither says one.
     *
     * @param place where the first one was written, for error messages
     * @param outputTimestamp ISO 8601 or seconds; a single character that is no digit switches it off, as everywhere in Maven
     * @param sourceDateEpoch seconds
     */
    public static @Nullable Long epochSeconds(
            String place, @Nullable String outputTimestamp, @Nullable String sourceDateEpoch) {
        String text = outputTimestamp == null ? "" : outputTimestamp.strip();
        if (text.matches("[0-9]{1,15}")) {
            return Long.valueOf(text);
        }
        if (text.length() > 1) {
            try {
                return OffsetDateTime.parse(text).toEpochSecond();
            } catch (DateTimeException e) {
                throw ImageException.of(
                        Kind.DESCRIPTION,
                        place,
                        "expected a time such as 2026-01-31T12:00:00Z or seconds since 1970, found '" + text + "'",
                        "");
            }
        }
        String epoch = sourceDateEpoch == null ? "" : sourceDateEpoch.strip();
        if (epoch.isEmpty()) {
            return null;
        }
        if (!epoch.matches("[0-9]{1,15}")) {
            throw ImageException.of(
                    Kind.DESCRIPTION, "SOURCE_DATE_EPOCH", "expected seconds since 1970, found '" + epoch + "'", "");
        }
        return Long.valueOf(epoch);
    }
}
