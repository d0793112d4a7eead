package io.imagewright.sysprep.linux;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;

/**
 * Where files of a guest name file systems by UUID. A UUID stands for nothing else in the world, so whatever text has it means the file
 * system: which program reads the file, and how, need not be known.
 */
final class UuidMentions {

    private static final List<GuestPath> TREES =
            Stream.of("/etc", "/boot", "/efi").map(GuestPath::of).toList();

    /** Bytes; beyond any configuration file, below most kernels. */
    private static final int LARGEST = 4 << 20;

    private final OperationContext context;
    private final Set<String> uuids;
    private final Map<GuestPath, ConfigFile> texts = new TreeMap<>();
    private final Map<String, String> fixed = new TreeMap<>();

    /** @param uuids in lower case */
    UuidMentions(OperationContext context, Set<String> uuids) {
        this.context = context;
        this.uuids = uuids;
        TREES.stream().flatMap(tree -> context.guest().walk(tree).stream()).forEach(this::look);
        Stream.of(BootFormat.values())
                .flatMap(format -> format.files().stream())
                .flatMap(glob -> glob.below(context, GuestPath.ROOT).stream())
                .forEach(this::look);
        // without it nothing boots, and it may be a link to anywhere
        ConfigFile.read(context, GuestPath.of("/etc/fstab")).ifPresent(this::look);
    }

    /** UUIDs that are named where no edit can name another, each with where. */
    Map<String, String> fixed() {
        return fixed;
    }

    /** Where any of them is named, in one of these files at least. */
    Optional<String> where(Predicate<GuestPath> counted) {
        return fixed.values().stream()
                .findFirst()
                .or(() -> texts.keySet().stream().filter(counted).findFirst().map(path -> path + " names it"));
    }

    /** The writes that name other UUIDs instead. */
    List<Change> renamed(Map<String, String> newByOld) {
        if (newByOld.isEmpty()) {
            return List.of();
        }
        Pattern old = Pattern.compile(String.join("|", newByOld.keySet()), Pattern.CASE_INSENSITIVE);
        return texts.values().stream()
                .map(file -> file.with(old.matcher(file.text())
                        .replaceAll(
                                found -> newByOld.getOrDefault(found.group().toLowerCase(Locale.ROOT), found.group()))))
                .flatMap(Optional::stream)
                .toList();
    }

    private void look(Entry entry) {
        GuestPath path = entry.path();
        String name = Bytes.of(path.nameBytes(path.depth() - 1)).text();
        fix(name, path + " is called after it");
        if (entry.stat().isSymlink()) {
            fix(context.guest().readLink(path).map(Bytes::text).orElse(""), "the link " + path + " leads to it");
        } else if (entry.stat().isRegular() && entry.stat().size() <= LARGEST) {
            ConfigFile.read(context, path).ifPresent(this::look);
        }
    }

    private void look(ConfigFile file) {
        if (file.path().name().equals("load.cfg")) {
            // grub-install writes it when the core image must search for its files, and puts it into that image
            fix(file.text(), "GRUB's core image, which " + file.path() + " is in, searches for it");
        } else if (file.text().indexOf('\0') >= 0) {
            fix(file.text(), file.path() + ", which is no text, names it");
        } else if (uuids.stream().anyMatch(uuid -> has(file.text(), uuid))) {
            texts.put(file.path(), file);
        }
        uuids.stream()
                .filter(uuid -> uuid.contains("-") && has(file.text(), escaped(uuid)))
                .forEach(uuid -> fixed.putIfAbsent(uuid, file.path() + " names it as a unit of systemd"));
    }

    private void fix(String text, String where) {
        uuids.stream()
                .filter(uuid -> has(text, uuid) || has(text, escaped(uuid)))
                .forEach(uuid -> fixed.putIfAbsent(uuid, where));
    }

    private static boolean has(String text, String uuid) {
        return text.toLowerCase(Locale.ROOT).contains(uuid);
    }

    /** As names of units have it, systemd.unit(5). */
    private static String escaped(String uuid) {
        return uuid.replace("-", "\\x2d");
    }
}
