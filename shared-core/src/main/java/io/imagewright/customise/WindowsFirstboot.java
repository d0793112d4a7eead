package io.imagewright.customise;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.inspect.WindowsFirstBoot;
import io.imagewright.guest.inspect.WindowsSystem;

/** {@code firstboot} of a Windows: a batch file, after those of earlier actions. */
final class WindowsFirstboot {

    private static final Pattern NUMBERED = Pattern.compile("50-(\\d{2,4})-.*");

    private WindowsFirstboot() {}

    static List<Change> plan(Target target, String name, Bytes script) {
        String text = script.text();
        if (text.startsWith("#!") || text.startsWith("\177ELF") || text.startsWith("MZ")) {
            throw Target.refused(
                    "the guest is a Windows, whose script is a batch file",
                    "Write what cmd.exe runs; that can start another program, which upload brings.");
        }
        WindowsFirstBoot boot = new WindowsFirstBoot(WindowsSystem.of(target.guest()), target.guest());
        int last = boot.scripts().stream()
                .map(NUMBERED::matcher)
                .filter(Matcher::matches)
                .mapToInt(number -> Integer.parseInt(number.group(1)))
                .max()
                .orElse(0);
        String lines = text.replace("\r\n", "\n");
        return boot.script(
                String.format(Locale.ROOT, "50-%02d-%s", last + 1, name), lines.endsWith("\n") ? lines : lines + "\n");
    }
}
