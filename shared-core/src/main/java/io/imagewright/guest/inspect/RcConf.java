package io.imagewright.guest.inspect;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.Lines;

/** What {@code rc.conf(5)} of a BSD starts at boot. The files are scripts of the shell; only plain assignments are understood, the last one counts. */
final class RcConf {

    private static final Set<String> YES = Set.of("YES", "TRUE", "ON", "1");

    private final GuestFiles files;

    RcConf(GuestFiles files) {
        this.files = files;
    }

    /** Whether a BSD starts the SSH server that it comes with; the rules are those of reference 1.5. */
    boolean startsSshd(String family) {
        return switch (family) {
            case "freebsd" -> isYes(last("sshd_enable", "/etc/rc.conf", "/etc/rc.conf.local"));
            case "netbsd" -> isYes(last("sshd", "/etc/defaults/rc.conf", "/etc/rc.conf"));
            case "openbsd" ->
                !last("sshd_flags", "/etc/rc.conf", "/etc/rc.conf.local")
                        .orElse("")
                        .equals("NO");
            default -> false;
        };
    }

    private static boolean isYes(Optional<String> value) {
        return value.filter(word -> YES.contains(word.toUpperCase(Locale.ROOT))).isPresent();
    }

    private Optional<String> last(String variable, String... paths) {
        Pattern assignment =
                Pattern.compile("\\s*" + Pattern.quote(variable) + "=(?:\"([^\"]*)\"|'([^']*)'|([^\\s;#]*)).*");
        return List.of(paths).stream()
                .flatMap(path -> files.read(path).stream())
                .flatMap(content -> Lines.of(content.text()))
                .map(assignment::matcher)
                .filter(Matcher::matches)
                .map(RcConf::value)
                .reduce((earlier, later) -> later);
    }

    private static String value(Matcher assignment) {
        for (int group = 1; group <= assignment.groupCount(); group++) {
            if (assignment.group(group) != null) {
                return assignment.group(group).strip();
            }
        }
        return "";
    }
}
