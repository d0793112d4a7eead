package io.imagewright.diff;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** What became of a file. */
public enum ChangeKind {
    /** It is new. */
    ADDED,
    /** It is gone. */
    REMOVED,
    /** Its type, mode, owner, size or target differs. */
    CHANGED,
    /** Only its time differs, of a regular file: it was written again, and may hold something else. */
    TOUCHED;

    /** For people and programs. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
