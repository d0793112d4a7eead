package io.imagewright.guest.inspect;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.Lines;

/** What is started at boot where systemd does not: by OpenRC, System V's scripts, upstart's jobs and Slackware's scripts. */
final class InitScripts {

    private static final List<String> OPENRC =
            List.of("/etc/runlevels/sysinit", "/etc/runlevels/boot", "/etc/runlevels/default");

    /** Runlevels with a network; 1 is for a single user. */
    private static final List<String> SYSTEM_V = List.of(
            "/etc/rc2.d",
            "/etc/rc3.d",
            "/etc/rc4.d",
            "/etc/rc5.d",
            "/etc/rc.d/rc2.d",
            "/etc/rc.d/rc3.d",
            "/etc/rc.d/rc4.d",
            "/etc/rc.d/rc5.d");

    private static final Pattern START = Pattern.compile("S\\d\\d.+");
    private static final String JOB = ".conf";
    private static final int MAX_SCRIPTS = 1000;

    private final GuestFiles files;
    private final Predicate<String> hasUnit;

    /** @param hasUnit whether systemd has a unit of a name: it counts, and not the script of that name */
    InitScripts(GuestFiles files, Predicate<String> hasUnit) {
        this.files = files;
        this.hasUnit = hasUnit;
    }

    /** Whether a program of this name is started. */
    boolean start(String program) {
        String word = program.toLowerCase(Locale.ROOT);
        return OPENRC.stream()
                        .flatMap(level -> files.list(level).stream())
                        .anyMatch(service -> service.path().name().equalsIgnoreCase(program))
                || files.isExecutable("/etc/rc.d/rc." + word)
                || scripts().anyMatch(script -> names(script, program))
                || jobs().anyMatch(job -> names(job, program));
    }

    private Stream<String> scripts() {
        return SYSTEM_V.stream()
                .flatMap(level -> files.list(level).stream()
                        .filter(entry -> START.matcher(entry.path().name()).matches())
                        .filter(entry -> !hasUnit.test(entry.path().name().substring(3) + ".service"))
                        .limit(MAX_SCRIPTS))
                .flatMap(entry -> files.read(entry).stream())
                .map(Bytes::text);
    }

    private Stream<String> jobs() {
        return files.list("/etc/init").stream()
                .filter(entry -> entry.path().name().endsWith(JOB))
                .filter(entry -> !hasUnit.test(base(entry) + ".service"))
                .limit(MAX_SCRIPTS)
                .flatMap(entry -> files.read(entry).stream())
                .map(Bytes::text)
                .filter(job -> Lines.of(job).anyMatch(line -> line.startsWith("start on")));
    }

    private static String base(Entry job) {
        String name = job.path().name();
        return name.substring(0, name.length() - JOB.length());
    }

    /** Whether a line that is no comment has the program's name as a word, reference 1.5. */
    private static boolean names(String script, String program) {
        Pattern word = Pattern.compile("[/=\\s'\"]" + Pattern.quote(program) + "['\")]?\\s");
        return Lines.of(script)
                .filter(line -> !line.strip().startsWith("#"))
                .anyMatch(line -> word.matcher(line + "\n").find());
    }
}
