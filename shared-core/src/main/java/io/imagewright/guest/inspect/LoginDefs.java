package io.imagewright.guest.inspect;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.Lines;

/**
 * Which user ids are people's by {@code login.defs(5)}.
 *
 * @param first UID_MIN
 * @param last UID_MAX
 */
public record LoginDefs(long first, long last) {

    /** What shadow takes where the file says nothing. */
    private static final LoginDefs DEFAULT = new LoginDefs(1000, 60_000);

    private static final Pattern LINE = Pattern.compile("\\s*(UID_M(?:IN|AX))\\s+\"?(\\d{1,10})\"?\\s*(?:#.*)?");

    /** The guest's; openSUSE's own is below /usr/etc. */
    public static LoginDefs of(GuestTree tree) {
        return of(new GuestFiles(tree, unreadable -> {}));
    }

    static LoginDefs of(GuestFiles files) {
        return Stream.of("/etc/login.defs", "/usr/etc/login.defs")
                .flatMap(file -> files.read(file).stream())
                .findFirst()
                .map(LoginDefs::parse)
                .orElse(DEFAULT);
    }

    static LoginDefs parse(Bytes content) {
        String text = content.text();
        return new LoginDefs(
                value(text, "UID_MIN").orElse(DEFAULT.first),
                value(text, "UID_MAX").orElse(DEFAULT.last));
    }

    private static Optional<Long> value(String text, String name) {
        return Lines.of(text)
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .filter(line -> line.group(1).equals(name))
                .map(line -> Long.parseLong(line.group(2)))
                .reduce((earlier, later) -> later);
    }

    /** Whether an account of this id is root's or a person's, not a service's. */
    boolean isPerson(long uid) {
        return uid == 0 || (uid >= first && uid <= last);
    }
}
