package io.imagewright.guest.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.imagewright.guest.GuestFiles;

/**
 * USERS: those that cloud-init makes, or else who can log in with a password, reference 1.5; in a guest that was prepared, whose password was
 * taken away by that. An account whose id login.defs leaves to services is none of them.
 */
final class UserFacts implements FactFinder {

    /** A name that fits in a list with blanks between, as {@code useradd(8)} allows it and directories of users have it. */
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,256}");

    @Override
    public void find(Clues clues, Findings findings) {
        List<String> users = clues.cloudInit()
                .flatMap(config -> CloudUsers.of(config, findings::warn))
                .orElseGet(() -> withPassword(clues, findings));
        List<String> printable = new ArrayList<>();
        for (String name : users) {
            if (PRINTABLE.matcher(name).matches()) {
                printable.add(name);
            } else {
                findings.warn("Ignoring the account '" + name + "', whose name is not printable.");
            }
        }
        findings.property("USERS", String.join(" ", printable));
    }

    private static List<String> withPassword(Clues clues, Findings findings) {
        GuestFiles files = clues.files();
        List<String> users = new ArrayList<>();
        LoginDefs people = LoginDefs.of(files);
        Map<String, Long> ids = UserIds.of(files);
        for (Shadow.Account account :
                files.read("/etc/shadow").map(Shadow::parse).orElse(List.of())) {
            String name = account.name();
            Long id = ids.get(name);
            if (account.isLocked()) {
                continue; // as most accounts of services are: nobody logs in
            }
            if (account.isOpen() && id != null && !people.isPerson(id)) {
                findings.warn("Ignoring the account " + name + ", which has a password, but the id " + id
                        + " of a service: people's are " + people.first() + " to " + people.last() + " by login.defs.");
            } else if (account.isOpen()
                    || (account.isWithoutPassword() && clues.usersBefore().contains(name))) {
                users.add(name);
            }
        }
        return users;
    }
}
