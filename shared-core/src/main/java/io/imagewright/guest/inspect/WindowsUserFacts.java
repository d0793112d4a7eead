package io.imagewright.guest.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import io.imagewright.error.ImageException;
import io.imagewright.hive.Hive;
import io.imagewright.hive.HiveKey;
import io.imagewright.hive.HiveValue;

/** USERS: the accounts of the SAM that are not disabled, reference 1.8. */
final class WindowsUserFacts implements WindowsFactFinder {

    private static final String USERS = "SAM\\Domains\\Account\\Users";

    /** Where the value F has the flags of an account, and the one that disables it. */
    private static final int FLAGS = 56;

    private static final int DISABLED = 1;
    private static final int MOST_USERS = 1000;
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,256}");

    @Override
    public void find(WindowsSystem system, Findings findings) {
        List<String> users = new ArrayList<>();
        try {
            Hive sam = system.hive("SAM");
            List<HiveKey> names = sam.key(USERS + "\\Names").map(HiveKey::keys).orElse(List.of());
            names.stream()
                    .limit(MOST_USERS)
                    .filter(name -> isEnabled(sam, name))
                    .map(HiveKey::name)
                    .forEach(user -> add(user, users, findings));
        } catch (ImageException unreadable) {
            if (unreadable.kind() != ImageException.Kind.SOURCE) {
                throw unreadable;
            }
            findings.warn("The guest's users are not known. " + unreadable.getMessage());
        }
        findings.propertyEvenEmpty("USERS", String.join(" ", users));
    }

    private static void add(String user, List<String> users, Findings findings) {
        if (PRINTABLE.matcher(user).matches()) {
            users.add(user);
        } else {
            findings.warn("Ignoring the account '" + user + "', whose name has blanks or is not printable.");
        }
    }

    /** The type of a name's default value is its account's number, by which its key is called. */
    private static boolean isEnabled(Hive sam, HiveKey name) {
        Optional<byte[]> flags = name.value("")
                .map(HiveValue::type)
                .flatMap(number -> sam.value(USERS + "\\" + String.format(Locale.ROOT, "%08X", number), "F"))
                .map(HiveValue::data);
        return flags.filter(data -> data.length > FLAGS && (data[FLAGS] & DISABLED) == 0)
                .isPresent();
    }
}
