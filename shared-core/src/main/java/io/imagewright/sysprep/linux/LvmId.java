package io.imagewright.sysprep.linux;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** Ids of LVM: 32 letters and digits in groups of six, five times four, and six. The same names give the same ids. */
final class LvmId {

    /** LVM takes {@code !} and {@code #}, too. */
    private static final Pattern FORM = Pattern.compile("[\\w!#&&[^_]]{6}(-[\\w!#&&[^_]]{4}){5}-[\\w!#&&[^_]]{6}");

    private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static final int LENGTH = 32;

    private LvmId() {}

    static boolean isValid(String id) {
        return FORM.matcher(id).matches();
    }

    /** Without hyphens, as devices files have it (lvmdevices(8)). */
    static String compact(String id) {
        return id.replace("-", "");
    }

    /** An id that follows from another one and a text. */
    static String of(String old, String name) {
        BigInteger number = new BigInteger(1, sha256(old + "\0" + name));
        BigInteger base = BigInteger.valueOf(LETTERS.length());
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            if (i >= 6 && i <= 26 && (i - 6) % 4 == 0) {
                id.append('-');
            }
            id.append(LETTERS.charAt(number.mod(base).intValue()));
            number = number.divide(base);
        }
        return id.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
