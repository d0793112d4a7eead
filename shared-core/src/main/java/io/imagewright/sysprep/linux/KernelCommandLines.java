package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;

/** The command lines of kernels in all boot loaders' files of a guest, to be edited together. */
final class KernelCommandLines {

    /** An edit that may depend on where a command line stands. */
    interface Edit {
        CommandLine apply(BootFormat format, CommandLine line);
    }

    private static final GuestPath GRUB_DEFAULTS = GuestPath.of("/etc/default/grub");

    private final Map<GuestPath, ConfigFile> original = new LinkedHashMap<>();
    private final Map<GuestPath, ConfigFile> edited = new LinkedHashMap<>();
    private final Map<BootFormat, List<GuestPath>> files = new EnumMap<>(BootFormat.class);

    private final OperationContext context;

    private KernelCommandLines(OperationContext context) {
        this.context = context;
    }

    static KernelCommandLines of(OperationContext context) {
        KernelCommandLines lines = new KernelCommandLines(context);
        for (BootFormat format : BootFormat.values()) {
            List<GuestPath> found = new ArrayList<>();
            for (var glob : format.files()) {
                for (Entry entry : glob.below(context, GuestPath.ROOT)) {
                    Optional<ConfigFile> file = ConfigFile.read(context, entry.path());
                    if (file.isPresent() && !found.contains(file.get().path())) {
                        found.add(file.get().path());
                        lines.original.put(file.get().path(), file.get());
                    }
                }
            }
            lines.files.put(format, found);
        }
        lines.edited.putAll(lines.original);
        return lines;
    }

    void edit(Edit edit) {
        files.forEach((format, paths) -> {
            for (GuestPath path : paths) {
                UnaryOperator<CommandLine> line = commandLine -> edit.apply(format, commandLine);
                String text = format.edit(
                        now(path),
                        line,
                        reason -> context.warn("A command line in " + path + " is left as it is: " + reason + "."));
                edited.put(path, new ConfigFile(path, text));
            }
        });
    }

    /** Whether any command line, as edited, has such a parameter. */
    boolean have(Predicate<String> parameter) {
        return !formats(parameter).isEmpty();
    }

    /**
     * Gives every kernel a parameter that lacks it: in what GRUB 2's menu is made from to that of all entries, elsewhere where a {@code
     * root=} shows that the line is for a Linux.
     */
    void add(String parameter) {
        Set<BootFormat> having = formats(parameter::equals);
        boolean inDefaults = having.contains(BootFormat.GRUB_DEFAULT) || having.contains(BootFormat.GRUB_DEFAULT_SOME);
        edit((format, line) -> {
            boolean lacks = format == BootFormat.GRUB_DEFAULT
                    ? !inDefaults
                    : line.has(other -> other.startsWith("root=")) && !line.has(parameter::equals);
            return lacks ? line.plus(parameter) : line;
        });
        if (!inDefaults
                && original.containsKey(GRUB_DEFAULTS)
                && !BootFormat.GRUB_DEFAULT.standsIn(now(GRUB_DEFAULTS))) {
            String text = now(GRUB_DEFAULTS).text();
            String end = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
            edited.put(
                    GRUB_DEFAULTS,
                    new ConfigFile(GRUB_DEFAULTS, text + end + "GRUB_CMDLINE_LINUX=\"" + parameter + "\"\n"));
        }
    }

    private Set<BootFormat> formats(Predicate<String> parameter) {
        Set<BootFormat> found = EnumSet.noneOf(BootFormat.class);
        edit((format, line) -> {
            if (line.has(parameter)) {
                found.add(format);
            }
            return line;
        });
        return found;
    }

    List<Change> changes() {
        return original.values().stream()
                .flatMap(file -> file.with(now(file.path()).text()).stream())
                .toList();
    }

    private ConfigFile now(GuestPath path) {
        ConfigFile file = edited.get(path);
        if (file == null) {
            throw new IllegalStateException(path + " was not read");
        }
        return file;
    }
}
