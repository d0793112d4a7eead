package io.imagewright.sysprep.unix;

import java.util.List;

import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/**
 * The accounts of a guest, and which of them are people's.
 *
 * @param all in the order of /etc/passwd
 * @param uidMin the first number of a user, see login.defs(5)
 * @param uidMax the last one
 */
public record Accounts(List<Account> all, long uidMin, long uidMax) {

    private static final GuestPath PASSWD = GuestPath.of("/etc/passwd");
    private static final GuestPath LOGIN_DEFS = GuestPath.of("/etc/login.defs");

    /** What login.defs(5) says where nothing else is configured. */
    private static final long UID_MIN = 1000;

    private static final long UID_MAX = 60_000;

    /** Copies the list. */
    public Accounts {
        all = List.copyOf(all);
    }

    /** Those of this guest. */
    public static Accounts of(OperationContext context) {
        List<Account> all = ConfigFile.read(context, PASSWD)
                .map(file -> file.text()
                        .lines()
                        .flatMap(line -> Account.parse(line).stream())
                        .toList())
                .orElse(List.of());
        String definitions =
                ConfigFile.read(context, LOGIN_DEFS).map(ConfigFile::text).orElse("");
        return new Accounts(
                all, definition(definitions, "UID_MIN", UID_MIN), definition(definitions, "UID_MAX", UID_MAX));
    }

    /** Whether the account is a person's, not the system's. */
    public boolean isUser(Account account) {
        return account.uid() >= uidMin && account.uid() <= uidMax;
    }

    private static long definition(String definitions, String name, long usual) {
        return definitions
                .lines()
                .map(line -> line.strip().split("\\s+", 3))
                .filter(words -> words.length > 1 && words[0].equals(name))
                .map(words -> Account.number(words[1]))
                .filter(uid -> uid > 0)
                .reduce(usual, (first, last) -> last);
    }
}
