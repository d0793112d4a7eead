package io.imagewright.format;

import java.util.Comparator;
import java.util.List;

/** What to say to somebody who wrote a word that is not known. */
final class Suggestion {

    /** Longer words are no typing mistakes; they would only cost time. */
    private static final int LONGEST = 40;

    private Suggestion() {}

    /** A sentence: the nearest word when one is near, else all of them. */
    static String of(String word, List<String> known) {
        String nearest = known.stream()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .orElseThrow();
        boolean near = word.length() <= LONGEST && distance(word, nearest) <= Math.max(2, nearest.length() / 3);
        return near ? "Did you mean '" + nearest + "'?" : "Known: " + String.join(", ", known) + ".";
    }

    /** Levenshtein's: insertions, deletions and replacements, whatever the case. */
    private static int distance(String from, String to) {
        if (from.length() > LONGEST) {
            return Integer.MAX_VALUE;
        }
        String a = from.toLowerCase(java.util.Locale.ROOT);
        int[] row = new int[to.length() + 1];
        java.util.Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
