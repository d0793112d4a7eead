package io.imagewright.guest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code \040} of fstab and the {@code \x20} of udev's link names. */
public final class Escapes {

    private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");
    private static final Pattern HEXADECIMAL = Pattern.compile("\\\\x([0-9a-fA-F]{2})");

    private Escapes() {}

    /** Replaces each backslash with three octal digits by the byte of that number, see {@code getmntent(3)}. */
    public static String octal(String text) {
        return replace(text, OCTAL, 8);
    }

    /** Replaces each {@code \xNN} by the byte of that number, as udev writes names below {@code /dev/disk}. */
    public static String hexadecimal(String text) {
        return replace(text, HEXADECIMAL, 16);
    }

    private static String replace(String text, Pattern escape, int radix) {
        return escape.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), radix))));
    }
}
