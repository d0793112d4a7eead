package io.imagewright.error;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the known word that a user most likely meant. */
public final class Suggestion {

    /** Longer words are not compared: the effort grows with the square of the length and the word may come from anywhere. */
    private static final int MAX_LENGTH = 100;

    private Suggestion() {}

    /**
     * The known word with the fewest letters to change (Levenshtein distance, letter case ignored), the first in alphabetical order
     * of several; empty when even that one differs in more than a third of its letters, two at least.
     */
    public static Optional<String> nearest(String word, Collection<String> known) {
        if (word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String lower = word.toLowerCase(Locale.ROOT);
        Optional<String> best = Optional.empty();
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : new TreeSet<>(known)) {
            if (candidate.length() > MAX_LENGTH) {
                continue;
            }
            int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance && distance <= Math.max(2, candidate.length() / 3)) {
                best = Optional.of(candidate);
                bestDistance = distance;
            }
        }
        return best;
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
