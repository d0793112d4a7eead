package io.imagewright.progress;

/** Numbers of things, for people. */
public final class Counted {

    private Counted() {}

    /** For example {@code 1 change} or {@code 2 changes}; of words that take an s. */
    public static String of(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }
}
