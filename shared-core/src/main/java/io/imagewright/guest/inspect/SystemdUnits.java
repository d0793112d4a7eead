package io.imagewright.guest.inspect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.Lines;
import org.jspecify.annotations.Nullable;

/** What systemd starts at boot, see {@code systemd.unit(5)}: units that a target wants or requires. Drop-ins are not heeded. */
final class SystemdUnits {

    /** Where units are, the first one found counting. */
    private static final List<String> PATH = List.of(
            "/etc/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system");

    /** Those that a usual boot reaches. */
    private static final List<String> TARGETS = List.of(
            "sysinit",
            "basic",
            "sockets",
            "network",
            "network-online",
            "multi-user",
            "graphical",
            "default",
            "cloud-config",
            "cloud-init");

    private static final int MAX_UNITS = 1000;
    private static final int MAX_PROGRAMS = 10_000;

    private final GuestFiles files;

    /** What {@link #has} found before; each program that is looked for asks for the same units. */
    private final Map<String, Boolean> known = new HashMap<>();

    /** Names of the programs that are started, once they are looked for. */
    private @Nullable Set<String> started;

    SystemdUnits(GuestFiles files) {
        this.files = files;
    }

    /** Whether there is a unit of this name, a masked one among them. */
    boolean has(String unit) {
        return known.computeIfAbsent(
                unit, name -> PATH.stream().anyMatch(directory -> files.exists(directory + "/" + name)));
    }

    /** Whether a unit that runs a program of this name is started at boot, by itself or at the first connection. */
    boolean start(String program) {
        Set<String> programs = started == null ? started() : started;
        started = programs;
        return programs.contains(program);
    }

    private Set<String> started() {
        return pulledIn().entrySet().stream()
                .flatMap(unit -> {
                    String text = text(unit.getKey(), unit.getValue());
                    return unit.getKey().endsWith(".socket") ? services(unit.getKey(), text) : Stream.of(text);
                })
                .flatMap(text -> values(text, "ExecStart"))
                .map(SystemdUnits::program)
                .limit(MAX_PROGRAMS)
                .collect(Collectors.toSet());
    }

    private Map<String, Entry> pulledIn() {
        Map<String, Entry> units = new TreeMap<>();
        for (String directory : PATH) {
            for (String target : TARGETS) {
                Stream.of(".target.wants", ".target.requires")
                        .flatMap(suffix -> files.list(directory + "/" + target + suffix).stream())
                        .limit(MAX_UNITS)
                        .forEach(entry -> units.putIfAbsent(entry.path().name(), entry));
            }
        }
        return units;
    }

    /** The text of a unit; of a masked one, which is a link to /dev/null, nothing. */
    private String text(String unit, Entry link) {
        return find(unit).orElseGet(() -> files.read(link).map(Bytes::text).orElse(""));
    }

    private Optional<String> find(String unit) {
        int at = unit.indexOf('@');
        String template =
                at < 0 ? unit : unit.substring(0, at + 1) + unit.substring(Math.max(at, unit.lastIndexOf('.')));
        return Stream.of(unit, template)
                .flatMap(name -> PATH.stream().map(directory -> directory + "/" + name))
                .filter(files::exists)
                .findFirst()
                .map(file -> files.read(file).map(Bytes::text).orElse(""));
    }

    /** The services behind a socket, see {@code systemd.socket(5)}. */
    private Stream<String> services(String socket, String text) {
        String name = socket.substring(0, socket.length() - ".socket".length());
        if (text.isEmpty()) {
            return Stream.empty();
        }
        return Stream.concat(values(text, "Service"), Stream.of(name + ".service", name + "@.service"))
                .filter(SystemdUnits::isName)
                .flatMap(service -> find(service).stream());
    }

    private static boolean isName(String unit) {
        return unit.endsWith(".service") && unit.indexOf('/') < 0 && unit.indexOf('\0') < 0;
    }

    private static Stream<String> values(String unit, String key) {
        return Lines.of(unit)
                .map(String::strip)
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip())
                .filter(line -> line.startsWith("="))
                .map(line -> line.substring(1).strip());
    }

    /** The base name of a command's program, without the prefixes and quotes of {@code systemd.service(5)}. */
    private static String program(String command) {
        int start = 0;
        while (start < command.length() && "@-:+!|\"'".indexOf(command.charAt(start)) >= 0) {
            start++;
        }
        int end = start;
        while (end < command.length() && " \t\"'".indexOf(command.charAt(end)) < 0) {
            end++;
        }
        String path = command.substring(start, end);
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
