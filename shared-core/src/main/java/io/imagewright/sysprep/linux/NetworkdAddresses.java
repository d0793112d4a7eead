package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Glob;

/**
 * Takes the addresses of this machine's cards out of the files of systemd-networkd and udev: systemd.network(5), systemd.link(5),
 * systemd.netdev(5). A {@code [Match]} without a criterion matches everything, or is ignored, as systemd's version has it: one that had
 * nothing but an address gets the name of any Ethernet card where the file is the only one of its kind.
 */
final class NetworkdAddresses {

    static final List<String> FILES = List.of(
            "etc/systemd/network/*.network",
            "etc/systemd/network/*.link",
            "etc/systemd/network/*.netdev",
            "etc/systemd/network/*.d/*.conf");

    private static final Pattern SECTION = Pattern.compile("[ \t]*\\[([^\\]]*)\\][ \t]*");
    private static final Pattern KEY = Pattern.compile("[ \t]*([A-Za-z0-9]+)[ \t]*=(.*)", Pattern.DOTALL);
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5,19}|[0-9A-Fa-f]{4}(?:\\.[0-9A-Fa-f]{4}){2,9}");

    /** Sections that speak of an interface of this machine; leases and neighbours are other machines. */
    private static final List<String> OWN = List.of("Match", "Link", "NetDev", "Peer");

    /** Criteria of a [Match] that whole kinds of cards, or the machine, meet. */
    private static final List<String> BROAD = List.of(
            "Type",
            "Kind",
            "Driver",
            "Host",
            "Virtualization",
            "KernelCommandLine",
            "KernelVersion",
            "Credential",
            "Architecture",
            "Firmware");

    private static final List<String> KEYS = List.of("MACAddress", "PermanentMACAddress");

    private final OperationContext context;
    private final List<ConfigFile> files;

    private NetworkdAddresses(OperationContext context) {
        this.context = context;
        this.files = FILES.stream()
                .flatMap(glob -> new Glob(glob).below(context, GuestPath.ROOT).stream())
                .map(Entry::path)
                .flatMap(path -> ConfigFile.read(context, path).stream())
                .distinct()
                .toList();
    }

    static List<Change> remove(OperationContext context) {
        NetworkdAddresses all = new NetworkdAddresses(context);
        return all.files.stream().flatMap(file -> all.remove(file).stream()).toList();
    }

    private Optional<Change> remove(ConfigFile file) {
        List<Line> lines = lines(file);
        if (lines.stream().noneMatch(Line::isAddress)) {
            return Optional.empty();
        }
        List<Line> criteria = lines.stream().filter(Line::isCriterion).toList();
        boolean onlyAddress = !criteria.isEmpty() && criteria.stream().allMatch(Line::isAddress);
        if (!onlyAddress) {
            return file.with(edited(file, lines, ""));
        }
        String name = file.path().name();
        if (name.endsWith(".network") && isOnly(".network")) {
            return file.with(edited(file, lines, "Name=e*"));
        }
        if (name.endsWith(".link") && isOnly(".link")) {
            return file.with(edited(file, lines, "OriginalName=e*"));
        }
        if (name.endsWith(".link")) {
            context.warn(file.path()
                    + " gave a name to the interface of one hardware address; it is deleted, and the interface has the "
                    + "name that the kernel and udev give it.");
            return Optional.of(new Change.Delete(file.path()));
        }
        context.warn(file.path()
                + " keeps the hardware address by which it finds its interface: there is no other criterion in its [Match]. "
                + "Match by Name= there.");
        return Optional.empty();
    }

    private boolean isOnly(String suffix) {
        return files.stream()
                        .filter(file -> file.path().name().endsWith(suffix))
                        .count()
                == 1;
    }

    /** Without the addresses; the first of a [Match] makes room for another criterion. */
    private static String edited(ConfigFile file, List<Line> lines, String criterion) {
        StringBuilder text = new StringBuilder(file.text().length());
        boolean replaced = criterion.isEmpty();
        for (Line line : lines) {
            if (!line.isAddress()) {
                text.append(line.text());
            } else if (!replaced && line.section().equals("Match")) {
                text.append(criterion).append('\n');
                replaced = true;
            }
        }
        return text.toString();
    }

    /** A line with its end, and with the lines that it goes on in behind a backslash. */
    private record Line(String section, String key, String value, String text) {

        boolean isAddress() {
            return OWN.contains(section)
                    && KEYS.contains(key)
                    && ADDRESS.matcher(value).find();
        }

        boolean isCriterion() {
            return section.equals("Match") && !key.isEmpty() && !BROAD.contains(key);
        }
    }

    private static List<Line> lines(ConfigFile file) {
        List<Line> lines = new ArrayList<>();
        String section = "";
        StringBuilder physical = new StringBuilder();
        for (String part : file.text().split("(?<=\n)", -1)) {
            physical.append(part);
            if (part.stripTrailing().endsWith("\\")) {
                continue;
            }
            String text = physical.toString();
            physical.setLength(0);
            Matcher header = SECTION.matcher(text.strip());
            Matcher key = KEY.matcher(text);
            if (header.matches()) {
                section = header.group(1);
            }
            lines.add(
                    key.matches()
                            ? new Line(section, key.group(1), key.group(2), text)
                            : new Line(section, "", "", text));
        }
        if (!physical.isEmpty()) {
            lines.add(new Line(section, "", "", physical.toString()));
        }
        return lines;
    }
}
