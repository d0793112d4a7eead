package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Glob;
import io.imagewright.sysprep.unix.Reachable;

/**
 * Where a guest looks for a hibernated system when it boots. When that swap is gone, the initramfs waits 30 seconds for it.
 *
 * <p>initramfs-tools puts the device into each initramfs that it makes (hooks/resume: the one of conf.d/resume, or the largest swap of
 * that time), and scripts/local-premount/resume waits for it ("Gave up waiting for suspend/resume device"). The files here count only
 * when an initramfs is made again; until then only the kernel parameter {@code noresume} keeps it from waiting, see initramfs-tools(7).
 */
final class ResumeDevice {

    private static final GuestPath INITRAMFS_TOOLS = GuestPath.of("/etc/initramfs-tools");
    private static final GuestPath HOOK = GuestPath.of("/usr/share/initramfs-tools/hooks/resume");
    private static final List<Glob> INITRAMFS_CONFIGURATION = List.of(new Glob("initramfs.conf"), new Glob("conf.d/*"));
    private static final Pattern RESUME =
            Pattern.compile("([ \t]*RESUME=)(\"[^\"]*\"|'[^']*'|[^ \t#;]*)(.*)", Pattern.DOTALL);
    private static final Glob DRACUT = new Glob("etc/dracut.conf.d/*.conf");
    private static final Pattern DRACUT_DEVICE = Pattern.compile("(?dm)^[^#\n]*(?:resume=|add_device)([^\n]*)$");

    private final OperationContext context;
    private final RemovedSwap removed;

    ResumeDevice(OperationContext context, RemovedSwap removed) {
        this.context = context;
        this.removed = removed;
    }

    /** The changes that make the guest look no longer for what was removed. */
    List<Change> changes() {
        boolean[] another = new boolean[1];
        List<Change> changes = new ArrayList<>(initramfsTools(another));
        warnOfDracut();
        KernelCommandLines lines = KernelCommandLines.of(context);
        lines.edit((format, line) -> line.has(this::isRemoved)
                ? line.without(parameter -> isRemoved(parameter) || parameter.startsWith("resume_offset="))
                : line);
        another[0] |= lines.have(parameter -> parameter.startsWith("resume="));
        if (!another[0] && Reachable.regularFile(context, HOOK).isPresent()) {
            lines.add("noresume");
        }
        changes.addAll(lines.changes());
        return changes;
    }

    private boolean isRemoved(String parameter) {
        return parameter.startsWith("resume=") && removed.includes(parameter.substring("resume=".length()));
    }

    private List<Change> initramfsTools(boolean[] another) {
        List<Change> changes = new ArrayList<>();
        for (Glob glob : INITRAMFS_CONFIGURATION) {
            for (var entry : glob.below(context, INITRAMFS_TOOLS)) {
                ConfigFile.read(context, entry.path())
                        .flatMap(file -> file.with(file.mapLines(line -> withoutRemoved(line, another))))
                        .ifPresent(changes::add);
            }
        }
        return changes;
    }

    private String withoutRemoved(String line, boolean[] another) {
        Matcher resume = RESUME.matcher(line);
        if (!resume.matches()) {
            return line;
        }
        String device = resume.group(2).replaceAll("[\"']", "");
        if (removed.includes(device)) {
            return resume.group(1) + "none" + resume.group(3);
        }
        another[0] |= !device.isEmpty() && !device.equals("none") && !device.equals("auto");
        return line;
    }

    /** A swap file's file system stays: only what would resume from it is left over. */
    private boolean namesRemoved(String line) {
        return removed.devices().stream().anyMatch(line::contains)
                || Stream.of(line.split("[\\s\"']+")).anyMatch(this::isRemoved);
    }

    private void warnOfDracut() {
        for (var entry : DRACUT.below(context, GuestPath.ROOT)) {
            ConfigFile.read(context, entry.path())
                    .filter(file ->
                            DRACUT_DEVICE.matcher(file.text()).results().anyMatch(found -> namesRemoved(found.group())))
                    .ifPresent(file -> context.warn(
                            file.path() + " still names the removed swap; the initramfs made by dracut may "
                                    + "wait for it at boot. Take it out there and run `dracut -f' in the guest."));
        }
    }
}
