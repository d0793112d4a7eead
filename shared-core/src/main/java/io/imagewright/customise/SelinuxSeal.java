package io.imagewright.customise;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;

/**
 * Has a guest with SELinux label itself at its first boot, when files were made that have no label. Which label is right is a matter of the
 * guest's own policy: that of the directory is wrong for an authorized_keys, which sshd could not read then. So none is guessed, and
 * /.autorelabel makes the guest do it, see selinux-autorelabel and fixfiles(8).
 */
public final class SelinuxSeal {

    private static final GuestPath CONFIG = GuestPath.of("/etc/selinux/config");
    private static final GuestPath FLAG = GuestPath.of("/.autorelabel");
    private static final String LABEL = "security.selinux";
    private static final Pattern STATE =
            Pattern.compile("(?m)^[ \t]*SELINUX[ \t]*=[ \t]*(enforcing|permissive|disabled)\\b");
    private static final Pattern TYPE = Pattern.compile("(?m)^[ \t]*SELINUXTYPE[ \t]*=[ \t]*([A-Za-z0-9_-]{1,64})");
    private static final int LIMIT = 1 << 20;

    private SelinuxSeal() {}

    /**
     * Plans.
     *
     * @param guest with all changes already showing
     * @param changes all that was changed in it
     * @param programs whether programs changed it, too: what they make has no label
     */
    public static List<Change> plan(GuestTree guest, List<Change> changes, boolean programs) {
        boolean needed = hasPolicy(guest)
                && guest.stat(FLAG).isEmpty()
                && (programs || changes.stream().anyMatch(change -> isUnlabelled(guest, change)));
        return needed ? List.of(Change.Write.of(FLAG, Bytes.EMPTY)) : List.of();
    }

    private static boolean hasPolicy(GuestTree guest) {
        Optional<String> config = Optional.ofNullable(
                        guest.read(List.of(CONFIG), LIMIT).get(CONFIG))
                .map(Bytes::text);
        boolean disabled = config.flatMap(text -> last(STATE, text))
                .filter(state -> !state.equals("disabled"))
                .isEmpty();
        return !disabled
                && config.flatMap(text -> last(TYPE, text))
                        .flatMap(type ->
                                guest.resolve(GuestPath.of("/etc/selinux").child(type)))
                        .isPresent();
    }

    private static Optional<String> last(Pattern pattern, String text) {
        Optional<String> last = Optional.empty();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            last = Optional.of(matcher.group(1));
        }
        return last;
    }

    private static boolean isUnlabelled(GuestTree guest, Change change) {
        boolean makes = change instanceof Change.Write
                || change instanceof Change.Upload
                || change instanceof Change.MakeDirectory;
        Optional<GuestPath> made = makes
                ? guest.resolve(change.path())
                : Optional.of(change.path())
                        .filter(path -> change instanceof Change.SymbolicLink
                                && guest.stat(path).isPresent());
        return made.filter(path -> !guest.xattrs(path).containsKey(LABEL)).isPresent();
    }
}
