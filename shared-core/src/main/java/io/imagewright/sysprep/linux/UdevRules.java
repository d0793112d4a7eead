package io.imagewright.sysprep.linux;

import java.util.List;
import java.util.regex.Pattern;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Glob;

/** Takes rules that name the interface of a hardware address out of the files of udev(7). A rule goes on behind a backslash at the end of a line. */
final class UdevRules {

    private static final Glob FILES = new Glob("etc/udev/rules.d/*.rules");

    private static final Pattern NAMES_ADDRESS = Pattern.compile(
            "(?=[^#]*\\bATTRS?\\{address\\}[ \t]*==[ \t]*\"[0-9A-Fa-f]{2}:)(?=.*\\bNAME[ \t]*:?=[^=]).*",
            Pattern.DOTALL);

    private UdevRules() {}

    static List<Change> remove(OperationContext context) {
        return FILES.below(context, GuestPath.ROOT).stream()
                .map(Entry::path)
                .flatMap(path -> ConfigFile.read(context, path).stream())
                .distinct()
                .flatMap(file -> file.with(without(file.text())).stream())
                .toList();
    }

    private static String without(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        int start = 0;
        while (start < text.length()) {
            int end = end(text, start);
            String rule = text.substring(start, end);
            if (!NAMES_ADDRESS.matcher(rule).matches()) {
                kept.append(rule);
            }
            start = end;
        }
        return kept.toString();
    }

    /** Behind the last line of the rule that begins there. A comment has one line. */
    private static int end(String text, int start) {
        int feed = text.indexOf('\n', start);
        boolean comment = text.startsWith("#", start);
        while (feed > start && !comment && continues(text, feed)) {
            feed = text.indexOf('\n', feed + 1);
        }
        return feed < 0 ? text.length() : feed + 1;
    }

    private static boolean continues(String text, int feed) {
        int last = text.charAt(feed - 1) == '\r' ? feed - 2 : feed - 1;
        return last >= 0 && text.charAt(last) == '\\';
    }
}
