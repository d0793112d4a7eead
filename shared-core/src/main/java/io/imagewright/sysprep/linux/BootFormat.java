package io.imagewright.sysprep.linux;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Glob;

/** The files that hold command lines of kernels, and where in a line of them. */
enum BootFormat {

    /** What GRUB 2's menu is made from: for every entry. */
    GRUB_DEFAULT(
            "[ \t]*(?:export[ \t]+)?GRUB_CMDLINE_LINUX=" + BootFormat.SHELL_VALUE,
            "etc/default/grub",
            "etc/default/grub.d/*.cfg"),

    /** The same for some of the entries. */
    GRUB_DEFAULT_SOME(
            "[ \t]*(?:export[ \t]+)?GRUB_CMDLINE_LINUX_[A-Z_]+=" + BootFormat.SHELL_VALUE,
            "etc/default/grub",
            "etc/default/grub.d/*.cfg"),

    /** GRUB 2's menu; {@code kernelopts} stands in Fedora's and RHEL 8's for the entries of the boot loader specification. */
    GRUB2(
            "[ \t]*(?:(?:linux|linux16|linuxefi)[ \t]+[^ \t]+([ \t].*)|set[ \t]+kernelopts=\"([^\"]*)\".*)",
            "boot/grub/grub.cfg",
            "boot/grub2/grub.cfg",
            "boot/efi/EFI/*/grub.cfg",
            "efi/EFI/*/grub.cfg",
            "boot/grub/custom.cfg",
            "boot/grub2/custom.cfg",
            "etc/grub.d/40_custom",
            "etc/grub.d/41_custom"),

    /** GRUB 2's variables. */
    GRUB2_ENVIRONMENT(
            "kernelopts=(.*)",
            "boot/grub/grubenv",
            "boot/grub2/grubenv",
            "boot/efi/EFI/*/grubenv",
            "efi/EFI/*/grubenv") {
        @Override
        String edit(ConfigFile file, UnaryOperator<CommandLine> edit, Consumer<String> left) {
            // a block of fixed size, filled up with #: GRUB writes it in place
            String edited = super.edit(file, edit, left);
            int end = edited.length();
            while (end > 0 && edited.charAt(end - 1) == '#') {
                end--;
            }
            int fill = file.text().length() - end;
            if (fill < 0) {
                left.accept("the block has no room for it");
                return file.text();
            }
            return edited.substring(0, end) + "#".repeat(fill);
        }
    },

    /** Entries of the boot loader specification. */
    LOADER_ENTRY(
            "options[ \t](.*)",
            "boot/loader/entries/*.conf",
            "efi/loader/entries/*.conf",
            "boot/efi/loader/entries/*.conf"),

    /** Files of nothing but command lines: what kernel-install(8), mkinitcpio and dracut put into new entries, and a Raspberry Pi's own. */
    KERNEL_INSTALL(
            "([^#].*)",
            "etc/kernel/cmdline",
            "etc/kernel/cmdline.d/*.conf",
            "usr/lib/kernel/cmdline",
            "etc/cmdline.d/*.conf",
            "boot/cmdline.txt",
            "boot/firmware/cmdline.txt"),

    /** GRUB 1, with the comment that Debian's update-grub makes entries from. */
    GRUB1(
            "(?:[ \t]*kernel[ \t]+[^ \t]+([ \t].*)|# kopt=(.*))",
            "boot/grub/menu.lst",
            "boot/grub/grub.conf",
            "etc/grub.conf"),

    /** The syslinux family, where snf-image-creator looks for it. */
    SYSLINUX(
            "[ \t]*(?i:append)[ \t](.*)",
            Stream.of("boot/extlinux/", "boot/syslinux/", "boot/", "extlinux/", "syslinux/", "")
                    .flatMap(directory -> Stream.of(directory + "extlinux.conf", directory + "syslinux.cfg"))
                    .toArray(String[]::new));

    /** A value of a shell variable that ends in its line. */
    private static final String SHELL_VALUE = "(?:\"([^\"]*)\".*|'([^']*)'.*|([^ \t\"'#;]*)(?:[ \t#;].*)?)";

    /** Characters; kernels take 4096 at most (COMMAND_LINE_SIZE), so more is something else. */
    private static final int LONGEST = 1 << 16;

    private final Pattern line;
    private final String files;

    BootFormat(String line, String... files) {
        this.line = Pattern.compile(line, Pattern.DOTALL);
        this.files = String.join("\n", files);
    }

    /** Where such files are, relative to the root. */
    List<Glob> files() {
        return files.lines().map(Glob::new).toList();
    }

    /** Whether the file holds such a command line. */
    boolean standsIn(ConfigFile file) {
        return file.text().lines().anyMatch(text -> line.matcher(text).matches());
    }

    /**
     * The text of the file with each command line put through an edit.
     *
     * @param left receives the reason, for each command line that should be edited and is not
     */
    String edit(ConfigFile file, UnaryOperator<CommandLine> edit, Consumer<String> left) {
        return file.mapLines(text -> {
            Matcher matcher = line.matcher(text);
            return matcher.matches() ? edit(text, matcher, edit, left) : text;
        });
    }

    private static String edit(String text, Matcher matcher, UnaryOperator<CommandLine> edit, Consumer<String> left) {
        int group = 1;
        while (group < matcher.groupCount() && matcher.start(group) < 0) {
            group++;
        }
        String commandLine = matcher.group(group);
        if (commandLine.length() > LONGEST) {
            return text; // no command line at all
        }
        if (commandLine.endsWith("\\")) { // a quote or a line end that is escaped
            CommandLine part = new CommandLine(commandLine);
            if (!edit.apply(part).text().equals(part.text())) {
                left.accept("it goes on behind a backslash");
            }
            return text;
        }
        return text.substring(0, matcher.start(group))
                + edit.apply(new CommandLine(commandLine)).text()
                + text.substring(matcher.end(group));
    }
}
