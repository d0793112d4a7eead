package io.imagewright.guest.inspect;

import java.util.Optional;
import java.util.Set;

import io.imagewright.guest.GuestFiles;

/**
 * What a system is sold as, where that is not what its release file says: reference 1.5.
 *
 * @param name OS
 * @param description DESCRIPTION
 * @param version OSVERSION; empty where there is none
 */
record Edition(String name, String description, String version) {

    private static final String ORACLE = "/etc/oracle-release";

    /** The edition of a system that is otherwise known by this name and description. */
    static Edition of(Clues clues, String name, String description) {
        GuestFiles files = clues.files();
        if (files.isDirectory("/opt/bitnami")) {
            return new Edition(
                    "bitnami", files.firstLine("/opt/bitnami/README.txt").orElse(description), description);
        }
        Optional<String> oracle =
                Set.of("rhel", "oraclelinux").contains(name) ? files.firstLine(ORACLE) : Optional.empty();
        if (oracle.isPresent()) {
            return new Edition("oraclelinux", oracle.get(), "");
        }
        if (name.equals("ubuntu")) {
            for (String letter : new String[] {"k", "l", "x"}) {
                if (clues.packages().has(letter + "ubuntu-desktop")) {
                    String capital = letter.equals("k") ? "Kubuntu" : letter.equals("l") ? "Lubuntu" : "Xubuntu";
                    return new Edition(letter + "ubuntu", description.replace("Ubuntu", capital), "");
                }
            }
        }
        return new Edition(name, description, "");
    }
}
