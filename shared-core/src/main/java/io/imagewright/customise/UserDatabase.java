package io.imagewright.customise;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.imagewright.error.ImageException;
import io.imagewright.error.Suggestion;
import io.imagewright.guest.GuestPath;

/** The users and groups that a guest knows by its own files, see passwd(5) and group(5). */
final class UserDatabase {

    /** Lines; more are passed over. */
    private static final int MAX_ACCOUNTS = 100_000;

    /** A user. */
    record User(String name, int uid, int gid, String home) {}

    private final Map<String, User> users = new LinkedHashMap<>();
    private final Map<String, Integer> groups = new LinkedHashMap<>();

    private UserDatabase() {}

    static UserDatabase of(Target target) {
        UserDatabase accounts = new UserDatabase();
        lines(target, "/etc/passwd").forEach((name, fields) -> {
            if (fields.length > 5 && isId(fields[2]) && isId(fields[3])) {
                accounts.users.put(
                        name, new User(name, Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), fields[5]));
            }
        });
        lines(target, "/etc/group").forEach((name, fields) -> {
            if (fields.length > 2 && isId(fields[2])) {
                accounts.groups.put(name, Integer.parseInt(fields[2]));
            }
        });
        return accounts;
    }

    /** Of a name the first line counts. */
    private static Map<String, String[]> lines(Target target, String file) {
        Map<String, String[]> lines = new LinkedHashMap<>();
        target.text(GuestPath.of(file)).stream()
                .flatMap(String::lines)
                .limit(MAX_ACCOUNTS)
                .map(line -> line.split(":", 8))
                .forEach(fields -> lines.putIfAbsent(fields[0], fields));
        return lines;
    }

    /** A user by name. */
    User user(String name) {
        User user = users.get(name);
        if (user == null) {
            throw unknown("user", name, users);
        }
        return user;
    }

    /** The number of a user who is given by name or number. */
    int uid(String word) {
        return isId(word) && !users.containsKey(word)
                ? Integer.parseInt(word)
                : user(word).uid();
    }

    /** The number of a group that is given by name or number. */
    int gid(String word) {
        Integer gid = groups.get(word);
        if (gid == null && !isId(word)) {
            throw unknown("group", word, groups);
        }
        return gid == null ? Integer.parseInt(word) : gid;
    }

    /** A user's own group. */
    Optional<Integer> groupOf(int uid) {
        return users.values().stream()
                .filter(user -> user.uid() == uid)
                .findFirst()
                .map(User::gid);
    }

    private static boolean isId(String text) {
        return text.matches("[0-9]{1,9}");
    }

    private static ImageException unknown(String kind, String name, Map<String, ?> known) {
        String next = Suggestion.nearest(name, known.keySet())
                .map(near -> "Did you mean " + near.replaceAll("[^\\x21-\\x7e]", "?") + "?")
                .orElse("Known there: "
                        + String.join(
                                ", ",
                                known.keySet().stream()
                                        .map(word -> word.replaceAll("[^\\x21-\\x7e]", "?"))
                                        .limit(20)
                                        .toList())
                        + ".");
        return Target.refused("the guest has no " + kind + " '" + name + "'", next);
    }
}
