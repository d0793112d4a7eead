package io.imagewright.sysprep.linux;

import java.util.regex.Pattern;

/**
 * Several lines of a configuration file that belong together and hold a secret, such as a network of wpa_supplicant.conf(5) or an inline file
 * of openvpn(8). A block that is not closed goes to the end of the file, as it does for the program that reads it.
 *
 * @param open matches its first line, without the line end
 * @param close matches its last line, which may be its first
 * @param secret matches a line of a block that goes; others stay
 */
record SecretBlock(Pattern open, Pattern close, Pattern secret) {

    /** The text without such blocks. */
    String without(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        StringBuilder block = new StringBuilder();
        boolean inside = false;
        boolean holds = false;
        int at = 0;
        while (at < text.length()) {
            int feed = text.indexOf('\n', at);
            int next = feed < 0 ? text.length() : feed + 1;
            String line = text.substring(at, next).stripTrailing();
            inside |= open.matcher(line).matches();
            if (inside) {
                block.append(text, at, next);
                holds |= secret.matcher(line).matches();
                if (close.matcher(line).matches()) {
                    kept.append(holds ? "" : block);
                    block.setLength(0);
                    inside = false;
                    holds = false;
                }
            } else {
                kept.append(text, at, next);
            }
            at = next;
        }
        return kept.append(holds ? "" : block).toString();
    }
}
