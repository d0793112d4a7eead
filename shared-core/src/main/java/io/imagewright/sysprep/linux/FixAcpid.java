package io.imagewright.sysprep.linux;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.Parameter;
import io.imagewright.sysprep.ParameterType;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Reachable;

/**
 * Has acpid shut the machine down when its power button is pressed, which is how hypervisors ask for it; desktops' actions ask a user who is
 * not there. Where there is no acpid, systemd-logind does it by itself.
 */
public final class FixAcpid implements LinuxOperation {

    private static final Parameter ACTION = new Parameter(
            "powerbtn_action",
            ParameterType.STRING,
            "/sbin/shutdown -h now",
            "The command that acpid runs when the power button is pressed.");

    private static final GuestPath EVENTS = GuestPath.of("/etc/acpi/events");
    private static final Pattern EVENT = Pattern.compile("(?m)^[ \t]*event[ \t]*=(.*)$");
    private static final Pattern POWER_BUTTON = Pattern.compile("button(?:\\[ /\\]|[ /])power.*");
    private static final Pattern ACTION_LINE = Pattern.compile("([ \t]*action[ \t]*=).*", Pattern.DOTALL);

    @Override
    public String name() {
        return "fix-acpid";
    }

    @Override
    public String description() {
        return "Has acpid shut the machine down when the power button is pressed.";
    }

    @Override
    public String effect() {
        return "In the first file of `/etc/acpi/events` whose `event=` is for the power button, `action=` becomes the "
                + "parameter `powerbtn_action`.";
    }

    @Override
    public Phase phase() {
        return Phase.CONFIGURE;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(ACTION);
    }

    @Override
    public List<Change> plan(OperationContext context) {
        Optional<GuestPath> events = Reachable.directory(context, EVENTS);
        if (events.isEmpty()) {
            return List.of();
        }
        for (Entry entry : context.guest().list(events.get())) {
            Optional<ConfigFile> file =
                    entry.stat().isRegular() ? ConfigFile.read(context, entry.path()) : Optional.empty();
            String event = file.map(FixAcpid::event).orElse("");
            if (event.equals(".*")) {
                context.warn("acpid's " + entry.path()
                        + " is for every event, the power button among them; it is left as it is.");
                return List.of();
            }
            if (file.isPresent() && POWER_BUTTON.matcher(event).matches()) {
                return edited(file.get(), context.parameter(ACTION.name()).get(0)).stream()
                        .toList();
            }
        }
        context.warn("No acpi power button event found!");
        return List.of();
    }

    /** What the file is for: the last event counts. */
    private static String event(ConfigFile file) {
        return EVENT.matcher(file.text())
                .results()
                .map(line -> line.group(1).strip())
                .reduce("", (first, last) -> last);
    }

    private static Optional<Change> edited(ConfigFile file, String action) {
        boolean[] found = new boolean[1];
        String edited = file.mapLines(line -> {
            Matcher matcher = ACTION_LINE.matcher(line);
            boolean matches = matcher.matches();
            found[0] |= matches;
            return matches ? matcher.group(1) + action : line;
        });
        return found[0] ? file.with(edited) : Optional.of(file.plus("action=" + action + "\n"));
    }
}
