package io.imagewright.customise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;

/** Sets passwords in /etc/shadow, see shadow(5), or where there is none in /etc/passwd. */
final class ShadowFile {

    /**
     * No password fits it. Unlike {@code !}, which sshd without PAM takes for a locked account, it lets in those who have a key, see
     * sshd(8).
     */
    static final String NO_PASSWORD = "*";

    private static final GuestPath SHADOW = GuestPath.of("/etc/shadow");
    private static final GuestPath PASSWD = GuestPath.of("/etc/passwd");

    /** What passwd(5) says where the password is in /etc/shadow. */
    private static final String ELSEWHERE = "x";

    private static final long SECONDS_PER_DAY = 86_400;
    private static final int PASSWORD = 1;
    private static final int LAST_CHANGE = 2;

    private final Target target;

    ShadowFile(Target target) {
        this.target = target;
    }

    /** The password field of a user; empty when there is no line of theirs. */
    Optional<String> field(String user) {
        return target.text(SHADOW).stream()
                .flatMap(String::lines)
                .map(line -> line.split(":", 3))
                .filter(fields -> fields.length > PASSWORD && fields[0].equals(user))
                .map(fields -> fields[PASSWORD])
                .findFirst();
    }

    /**
     * Sets the password field of a user who is in /etc/passwd.
     *
     * @param dated whether this is a change of the password, of the day of {@link Target#now()}
     */
    List<Change> set(String user, String field, boolean dated) {
        Optional<String> shadow = target.text(SHADOW);
        if (shadow.isEmpty()) {
            return edit(PASSWD, target.text(PASSWD).orElse(""), user, field, "");
        }
        // day 0 would ask for a new password at the first login
        String day = dated ? String.valueOf(Math.max(1, target.now() / SECONDS_PER_DAY)) : "";
        List<Change> changes = new ArrayList<>();
        if (field(user).isPresent()) {
            changes.addAll(edit(SHADOW, shadow.get(), user, field, day));
        } else {
            String ended = shadow.get().isEmpty() || shadow.get().endsWith("\n") ? "" : "\n";
            changes.add(Change.Write.of(
                    SHADOW, Bytes.ofText(shadow.get() + ended + user + ":" + field + ":" + day + ":0:99999:7:::\n")));
        }
        changes.addAll(edit(PASSWD, target.text(PASSWD).orElse(""), user, ELSEWHERE, ""));
        return changes;
    }

    private List<Change> edit(GuestPath file, String text, String user, String field, String day) {
        StringBuilder edited = new StringBuilder(text.length());
        boolean done = false;
        for (int start = 0; start < text.length(); ) {
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed;
            String line = text.substring(start, end);
            String[] fields = line.split(":", -1);
            if (!done && fields[0].equals(user) && fields.length > PASSWORD) {
                fields[PASSWORD] = field;
                if (!day.isEmpty() && fields.length > LAST_CHANGE) {
                    fields[LAST_CHANGE] = day;
                }
                line = String.join(":", fields);
                done = true;
            }
            edited.append(line).append(text, end, feed < 0 ? end : end + 1);
            start = end + 1;
        }
        return target.rewrite(file, edited.toString());
    }
}
