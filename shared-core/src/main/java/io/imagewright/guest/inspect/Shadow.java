package io.imagewright.guest.inspect;

import java.util.List;

import io.imagewright.guest.Bytes;

/** The accounts of an {@code /etc/shadow}, see {@code shadow(5)}. */
public final class Shadow {

    /** Accounts; more are passed over. */
    private static final int MAX_ACCOUNTS = 100_000;

    /**
     * An account.
     *
     * @param name one character a byte
     * @param password the second field: a hash, a lock, or empty
     */
    public record Account(String name, String password) {

        /** Whether somebody can log in with a password, an empty one among them. */
        public boolean isOpen() {
            return password.isEmpty()
                    || (password.length() > 1 && !password.startsWith("!") && !password.startsWith("*"));
        }

        /** Whether a password was there and is locked, as {@code passwd -l} does it; {@code !!} of Red Hat among them. */
        public boolean isLocked() {
            return password.length() > 1 && password.startsWith("!");
        }

        /** Whether there is no password, and nobody can log in with one. */
        public boolean isWithoutPassword() {
            return password.equals("!") || password.equals("*");
        }

        /** Only the name: the hash is secret. */
        @Override
        public String toString() {
            return name;
        }
    }

    private Shadow() {}

    /** The accounts in the file's order; what is no account is passed over. */
    public static List<Account> parse(Bytes content) {
        return content.text()
                .lines()
                .map(line -> line.split(":", 3))
                .filter(fields -> fields.length > 1 && !fields[0].isEmpty() && !fields[0].startsWith("#"))
                .limit(MAX_ACCOUNTS)
                .map(fields -> new Account(fields[0], fields[1]))
                .toList();
    }
}
