package io.imagewright.sysprep.unix;

import java.util.Optional;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.GuestPath;

/**
 * A line of /etc/passwd, see passwd(5).
 *
 * @param name one character for each byte
 * @param uid -1 where there is no number
 * @param gid of the user's own group; -1 where there is no number
 * @param home as it is written there
 */
public record Account(String name, long uid, long gid, String home) {

    /** Reads a line; empty when it is no account. */
    static Optional<Account> parse(String line) {
        String[] fields = line.split(":", 8);
        return fields.length < 6 || fields[0].isEmpty()
                ? Optional.empty()
                : Optional.of(new Account(fields[0], number(fields[2]), number(fields[3]), fields[5]));
    }

    /** The entry of a directory that bears the user's name; empty when that cannot be the name of a file. */
    public Optional<GuestPath> in(GuestPath directory) {
        boolean plain = !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0 && name.indexOf('\0') < 0;
        return plain ? Optional.of(directory.child(Bytes.ofText(name).toArray())) : Optional.empty();
    }

    /** The home; empty when there is none. One with {@code ..} in it is none that a tool makes. */
    public Optional<GuestPath> homePath() {
        if (!home.startsWith("/")) {
            return Optional.empty();
        }
        GuestPath path = GuestPath.ROOT;
        for (String component : home.split("/", -1)) {
            if (component.equals("..") || component.indexOf('\0') >= 0) {
                return Optional.empty();
            }
            if (!component.isEmpty() && !component.equals(".")) {
                path = path.child(Bytes.ofText(component).toArray());
            }
        }
        return Optional.of(path);
    }

    /** A decimal number as accounts have them; -1 for anything else. */
    static long number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.parseLong(text) : -1;
    }
}
