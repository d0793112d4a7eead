package io.imagewright.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** USERS: who can log in with a password, reference 1.5. */
final class UserFacts implements FactFinder {

    /** A name that fits in a list with blanks between, as {@code useradd(8)} allows it and directories of users have it. */
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,256}");

    @Override
    public void find(GuestFiles files, Identity identity, Findings findings) {
        List<String> users = new ArrayList<>();
        for (Shadow.Account account :
                files.read("/etc/shadow").map(Shadow::parse).orElse(List.of())) {
            String name = account.name();
            if (account.isLocked()) {
                findings.warn("Ignoring locked " + name + " account.");
            } else if (account.isOpen() && PRINTABLE.matcher(name).matches()) {
                users.add(name);
            } else if (account.isOpen()) {
                findings.warn("Ignoring the account '" + name + "', whose name is not printable.");
            }
        }
        findings.property("USERS", String.join(" ", users));
    }
}
