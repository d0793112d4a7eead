package io.imagewright.guest.packages;

import java.util.Comparator;

/** Orders versions as {@code deb-version(7)} does: parts of digits by their number, the rest by character, a tilde before all. */
public final class VersionOrder implements Comparator<String> {

    public static final VersionOrder INSTANCE = new VersionOrder();

    private VersionOrder() {}

    @Override
    public int compare(String one, String two) {
        int i = 0;
        int j = 0;
        while (i < one.length() || j < two.length()) {
            while (isText(one, i) || isText(two, j)) {
                int order = Integer.compare(weight(one, i), weight(two, j));
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
            int endOne = endOfDigits(one, i);
            int endTwo = endOfDigits(two, j);
            int order = compareNumbers(one.substring(i, endOne), two.substring(j, endTwo));
            if (order != 0) {
                return order;
            }
            i = endOne;
            j = endTwo;
        }
        return one.compareTo(two);
    }

    private static boolean isText(String text, int at) {
        return at < text.length() && !isDigit(text.charAt(at));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Of the character at a place in a part without digits: tilde, end, letters, others. */
    private static int weight(String text, int at) {
        if (!isText(text, at)) {
            return 0;
        }
        char c = text.charAt(at);
        if (c == '~') {
            return -1;
        }
        return Character.isLetter(c) ? c : c + Character.MAX_VALUE;
    }

    private static int endOfDigits(String text, int at) {
        int end = at;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int compareNumbers(String one, String two) {
        String first = one.replaceFirst("^0+", "");
        String second = two.replaceFirst("^0+", "");
        int order = Integer.compare(first.length(), second.length());
        return order == 0 ? first.compareTo(second) : order;
    }
}
