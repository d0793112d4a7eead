package io.imagewright.guest.inspect;

import java.util.HashMap;
import java.util.Map;

import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.Lines;

/** User ids by name, of {@code /etc/passwd}; see {@code passwd(5)}. */
final class UserIds {

    private static final int MAX_ACCOUNTS = 100_000;

    private UserIds() {}

    /** Of a name the first line counts; what is no account is passed over. */
    static Map<String, Long> of(GuestFiles files) {
        Map<String, Long> ids = new HashMap<>();
        files.read("/etc/passwd")
                .ifPresent(content -> Lines.of(content.text())
                        .map(line -> line.split(":", 4))
                        .filter(fields -> fields.length == 4 && fields[2].matches("\\d{1,10}"))
                        .limit(MAX_ACCOUNTS)
                        .forEach(fields -> ids.putIfAbsent(fields[0], Long.parseLong(fields[2]))));
        return ids;
    }
}
