package io.imagewright.sysprep.linux;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Glob;

/** The files that say how long a boot menu waits, and where in a line of them the number stands. */
enum BootMenu {

    /** What GRUB 2's menu is made from; any value is replaced. */
    GRUB_DEFAULT("([ \t]*(?:export[ \t]+)?GRUB_TIMEOUT=)(\"[^\"]*\"|'[^']*'|[^ \t\"'#;]*)((?:[ \t#;].*)?)", 1),

    /** GRUB 2's menu; in several branches, for example for a boot after a failed one. */
    GRUB2("([ \t]*set[ \t]+timeout=\"?)(-?[0-9]+)(\"?[ \t]*)", 1),

    /** GRUB 1; Red Hat writes it with an equals sign. */
    GRUB1("([ \t]*timeout(?:[ \t]*=[ \t]*|[ \t]+))(-?[0-9]+)([ \t]*)", 1),

    /** The syslinux family, in tenths of a second; 0 waits for ever. */
    SYSLINUX("([ \t]*(?i:timeout)[ \t]+)([0-9]+)([ \t]*)", 10),

    /** systemd-boot, see loader.conf(5). */
    SYSTEMD_BOOT("([ \t]*timeout[ \t]+)([0-9]+)([ \t]*)", 1);

    private static final List<Glob> LOADER = Stream.of(
                    "boot/loader/loader.conf", "efi/loader/loader.conf", "boot/efi/loader/loader.conf")
            .map(Glob::new)
            .toList();

    private final Pattern line;
    private final int unitsPerSecond;

    BootMenu(String line, int unitsPerSecond) {
        this.line = Pattern.compile(line, Pattern.DOTALL);
        this.unitsPerSecond = unitsPerSecond;
    }

    /** Those of a guest, each once. */
    List<ConfigFile> files(OperationContext context) {
        return globs().stream()
                .flatMap(glob -> glob.below(context, GuestPath.ROOT).stream())
                .map(Entry::path)
                .flatMap(path -> ConfigFile.read(context, path).stream())
                .distinct()
                .toList();
    }

    private List<Glob> globs() {
        return switch (this) {
            case GRUB_DEFAULT -> BootFormat.GRUB_DEFAULT.files();
            case GRUB2 -> BootFormat.GRUB2.files();
            case GRUB1 -> BootFormat.GRUB1.files();
            case SYSLINUX -> BootFormat.SYSLINUX.files();
            case SYSTEMD_BOOT -> LOADER;
        };
    }

    boolean hasTimeout(ConfigFile file) {
        return file.text().lines().anyMatch(line.asMatchPredicate());
    }

    /** The text of the file with a shorter timeout, where it has a longer one, none that is a number, or waits for ever. */
    String edit(ConfigFile file, long seconds) {
        return file.mapLines(text -> {
            Matcher matcher = line.matcher(text);
            return matcher.matches() && isLonger(matcher.group(2), seconds * unitsPerSecond)
                    ? matcher.group(1) + seconds * unitsPerSecond + matcher.group(3)
                    : text;
        });
    }

    private boolean isLonger(String value, long most) {
        String digits = value.replaceAll("[\"']", "");
        if (digits.isEmpty()) {
            return ChangeBootmenuTimeout.GRUBS_OWN > most;
        }
        if (!digits.matches("[0-9]{1,18}")) {
            return true; // -1: until somebody chooses
        }
        long now = Long.parseLong(digits);
        return now > most || (now == 0 && this == SYSLINUX);
    }
}
