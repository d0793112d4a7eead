package io.imagewright.api;

import java.util.Map;

import io.imagewright.manifest.Json;

/** What Imagewright answers to programs: JSON in UTF-8, not escaped beyond need, the same bytes on each system. */
public final class JsonText {

    private JsonText() {}

    /**
     * Indented, for people, with a newline at the end.
     *
     * @param value a record of this package, or maps, lists, texts, numbers and flags
     */
    public static String pretty(Object value) {
        return Json.pretty(value);
    }

    /** On one line, blanks behind commas and colons, no newline at the end. */
    public static String oneLine(Object value) {
        return Json.oneLine(value);
    }

    /** An object as maps, lists, texts, numbers and flags. */
    public static Map<String, Object> map(Object value) {
        return Json.map(value);
    }
}
