package io.imagewright.guest.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** USERS of a BSD: who can log in with a password by {@code master.passwd(5)}, root first; reference 1.5. */
final class BsdUserFacts implements FactFinder {

    private static final String ROOT = "root";

    /** What {@code pw lock} of FreeBSD puts before a password. */
    private static final String LOCKED = "*LOCKED*";

    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,256}");

    @Override
    public void find(Clues clues, Findings findings) {
        List<String> users = new ArrayList<>();
        for (Shadow.Account account :
                clues.files().read("/etc/master.passwd").map(Shadow::parse).orElse(List.of())) {
            String name = account.name();
            if (account.isLocked() || account.password().startsWith(LOCKED)) {
                continue; // as most accounts of services are: nobody logs in
            }
            if (account.isOpen() && !PRINTABLE.matcher(name).matches()) {
                findings.warn("Ignoring the account '" + name + "', whose name is not printable.");
            } else if (account.isOpen()) {
                users.add(name.equals(ROOT) ? 0 : users.size(), name);
            }
        }
        findings.property("USERS", String.join(" ", users));
    }
}
