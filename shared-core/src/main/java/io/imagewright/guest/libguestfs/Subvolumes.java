package io.imagewright.guest.libguestfs;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what btrfs(8) prints of sub-volumes. */
final class Subvolumes {

    /** For example {@code subvolume ID 256 gen 10 top level 5 path root}; a snapshot's line has more between. */
    private static final Pattern LINE = Pattern.compile("(snapshot|subvolume) ID (\\d{1,19}) .*?\\bpath (.+)");

    private static final Pattern DEFAULT = Pattern.compile("(?m)^default (\\d{1,19})$");

    /** What the shell or mount(8) would take for something else; no distribution has such a name. */
    private static final Pattern PLAIN = Pattern.compile("[\\w@./+ -]{1,1024}");

    private Subvolumes() {}

    /** Paths of those that are neither snapshots nor the default. */
    static List<String> parse(String text) {
        Set<String> others = new HashSet<>();
        Matcher standard = DEFAULT.matcher(text);
        if (standard.find()) {
            others.add(standard.group(1));
        }
        text.lines()
                .map(LINE::matcher)
                .filter(line -> line.matches() && line.group(1).equals("snapshot"))
                .forEach(line -> others.add(line.group(2)));
        return text.lines()
                .map(LINE::matcher)
                .filter(line -> line.matches() && line.group(1).equals("subvolume"))
                .filter(line -> !others.contains(line.group(2)))
                .map(line -> line.group(3))
                .filter(path -> PLAIN.matcher(path).matches() && !path.contains(","))
                .toList();
    }
}
