package io.imagewright.guest.libguestfs;

import java.nio.charset.StandardCharsets;

/** Text of a bash script that is built line by line. Only ASCII leaves it: every byte of a name is written as an escape. */
final class BashScript {

    private static final String SAFE = "/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-+:@%=,";

    private final StringBuilder text = new StringBuilder();

    /** Adds a line. */
    BashScript line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** Adds the lines of another. */
    BashScript append(BashScript other) {
        text.append(other.text);
        return this;
    }

    /** The command that reads content which {@link Appliance#put} brought in. */
    static String incoming(long at, long length) {
        return "dd if=$in bs=1M iflag=skip_bytes,count_bytes skip=" + at + " count=" + length + " status=none";
    }

    /** The bytes as one word of the shell. */
    static String word(byte[] bytes) {
        StringBuilder word = new StringBuilder(bytes.length + 4).append("$'");
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            if (SAFE.indexOf(c) >= 0) {
                word.append(c);
            } else {
                word.append('\\').append(String.format("%03o", (int) c));
            }
        }
        return word.append('\'').toString();
    }

    /** The text as one word of the shell. */
    static String word(String text) {
        return word(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A whole script as one word of any shell. */
    static String quoted(String script) {
        return "'" + script.replace("'", "'\\''") + "'";
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
