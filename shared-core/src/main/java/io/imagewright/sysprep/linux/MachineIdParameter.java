package io.imagewright.sysprep.linux;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Volume;
import io.imagewright.sysprep.OperationContext;

/** The kernel parameter that gives every machine the same id, whatever /etc/machine-id says: systemd(1), {@code systemd.machine_id=}. */
public final class MachineIdParameter {

    private static final String KEY = "systemd.machine_id=";

    /** Has each machine take the id of its own firmware. */
    private static final String FIRMWARE = KEY + "firmware";

    private static final String HEX = "0123456789abcdef";

    private MachineIdParameter() {}

    /** The changes; warns of what no edit reaches. */
    static List<Change> remove(OperationContext context) {
        KernelCommandLines lines = KernelCommandLines.of(context);
        lines.edit((format, line) -> line.without(MachineIdParameter::isOne));
        List<Change> changes = lines.changes();
        Message advice = context.surroundings().hasAppliance()
                ? Message.of(
                        "Only files of file systems that the guest mounts are edited, and no unified kernel image: name"
                                + " the partition in /etc/fstab, or make that image again without the parameter.")
                : Message.of(
                        "The engine direct changes no files there; `",
                        SettingName.ENGINE.to("libguestfs"),
                        "' does, but not inside of a unified kernel image.");
        elsewhere(context, changes)
                .forEach(place -> context.warn(Message.of(
                        place + " holds a kernel command line with " + KEY
                                + ", which gives all machines made from the image one id; see loader/entries/*.conf,"
                                + " EFI/*/grub.cfg and EFI/Linux/*.efi of an EFI system partition. ",
                        advice)));
        return changes;
    }

    private static boolean isOne(String parameter) {
        String bare = parameter.replace("\"", "");
        return bare.startsWith(KEY) && !bare.equals(FIRMWARE);
    }

    /** Places where a search of the medium finds it, and that no change is made to. */
    private static Set<String> elsewhere(OperationContext context, List<Change> changes) {
        if (!isIn(texts -> !context.surroundings().find(texts).isEmpty())) {
            return Set.of();
        }
        Set<String> edited = changes.stream()
                .flatMap(change -> volume(context, change.path()).stream())
                .map(Volume::describe)
                .collect(Collectors.toSet());
        return context.surroundings().find(texts()).values().stream()
                .filter(place -> edited.stream().noneMatch(volume -> place.startsWith(volume + " (")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<Volume> volume(OperationContext context, GuestPath path) {
        return context.facts().mounts().stream()
                .filter(mount -> path.startsWith(mount.point()))
                .max(Comparator.comparingInt(mount -> mount.point().depth()))
                .flatMap(mount -> context.facts().volumes().stream()
                        .filter(volume -> volume.partition() == mount.partition())
                        .findFirst());
    }

    /**
     * Whether a search finds a machine's id. It asks twice, as one text is found sooner than many and nearly always there is none.
     *
     * @param search whether one of these texts is there
     */
    public static boolean isIn(Predicate<Set<String>> search) {
        return search.test(Set.of(KEY)) && search.test(texts());
    }

    /** Beginnings of values, as the word {@code firmware} is none of them. */
    private static Set<String> texts() {
        return HEX.chars()
                .mapToObj(digit -> KEY + (char) digit)
                .flatMap(text ->
                        text.endsWith("f") ? HEX.chars().mapToObj(digit -> text + (char) digit) : Stream.of(text))
                .collect(Collectors.toSet());
    }
}
