package io.imagewright.sysprep.unix;

import java.util.List;

import io.imagewright.guest.GuestPath;
import io.imagewright.guest.inspect.LoginDefs;
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
        LoginDefs numbers = LoginDefs.of(context.guest());
        return new Accounts(all, numbers.first(), numbers.last());
    }

    /** Whether the account is a person's, not the system's. */
    public boolean isUser(Account account) {
        return account.uid() >= uidMin && account.uid() <= uidMax;
    }
}
