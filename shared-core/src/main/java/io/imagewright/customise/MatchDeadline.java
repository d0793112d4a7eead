package io.imagewright.customise;

import java.time.Duration;

/** Ends the search of a regular expression that takes too long: the matcher asks its text for characters as long as it lives. */
final class MatchDeadline {

    /** Looks at characters between two looks at the clock. */
    private static final int LOOKS = 1 << 12;

    private final long deadline;
    private int looks;

    /** Begins now. */
    MatchDeadline(Duration limit) {
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** The time is over. */
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The text, readable until the time is over. */
    CharSequence over(CharSequence text) {
        return new Watched(text);
    }

    private final class Watched implements CharSequence {

        private final CharSequence text;

        Watched(CharSequence text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++looks % LOOKS == 0 && System.nanoTime() - deadline > 0) {
                throw new Exceeded();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
