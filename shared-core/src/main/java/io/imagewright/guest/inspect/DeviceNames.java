package io.imagewright.guest.inspect;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.guest.Escapes;
import io.imagewright.guest.Volume;

/** What a device text of fstab, a kernel command line or a boot loader means, see {@code fstab(5)} and {@code mount(8)}. */
public final class DeviceNames {

    private static final Pattern TAG = Pattern.compile("(?i)(UUID|LABEL|PARTUUID|PARTLABEL)=(.*)", Pattern.DOTALL);
    private static final Pattern LINK =
            Pattern.compile("/dev/disk/by-(uuid|label|partuuid|partlabel)/(.*)", Pattern.DOTALL);
    private static final Pattern KERNEL_NAME =
            Pattern.compile("/dev/(?:(?:[hsv]|xv)d[a-z]+\\d*|(?:nvme\\d+n|mmcblk)\\d+(?:p\\d+)?)");

    /** Disks under each name that the kernel may give them, the first as {@code a} or {@code 0}, and the partition. */
    private static final Pattern DISK = Pattern.compile(
            "/dev/(?:(?:[hsv]|xv)d(?<letter>[a-z])|(?:nvme(?<nvme>\\d{1,3})n1|mmcblk(?<mmc>\\d{1,3}))(?:p(?=\\d)|$))(?<partition>\\d{0,3})");

    /** Of a GPT on the first disk under each name that FreeBSD may give it, see {@code gpart(8)}. */
    private static final Pattern FREEBSD_DISK =
            Pattern.compile("/dev/(?:ada|da|vtbd|nda|nvd|ad|xbd|mmcsd)0p(\\d{1,3})");

    /** What FreeBSD's {@code glabel(8)} makes of names in the table and in file systems. */
    private static final Pattern FREEBSD_LABEL =
            Pattern.compile("/dev/(gpt|gptid|ufs|ufsid|msdosfs)/(.*)", Pattern.DOTALL);

    /** NetBSD's name of a GPT's partition by its label, see {@code fstab(5)} there. */
    private static final Pattern NETBSD_NAME = Pattern.compile("NAME=(.*)", Pattern.DOTALL);

    private DeviceNames() {}

    /**
     * The partition of the medium that the text names; empty when none of its volumes, or more than one of them, has that name. The media are taken for the
     * guest's disks in their order, all of one kind: {@code sda}, {@code vda} and {@code nvme0n1} are the first, {@code sdb}, {@code vdb} and {@code
     * nvme1n1} the second.
     *
     * @param device one character a byte, as {@link Fstab} gives it
     */
    public static Optional<Integer> partition(String device, List<Volume> volumes) {
        String name = unquoted(Escapes.octal(device));
        Optional<Integer> inside = volumes.stream()
                .filter(volume -> volume.names().contains(name))
                .map(Volume::partition)
                .findFirst();
        if (inside.isPresent()) {
            return inside;
        }
        Matcher tag = TAG.matcher(name);
        if (tag.matches()) {
            return tagged(tag.group(1), unquoted(tag.group(2)), volumes);
        }
        Matcher link = LINK.matcher(name);
        if (link.matches()) {
            return tagged(link.group(1), Escapes.hexadecimal(link.group(2)), volumes);
        }
        Matcher disk = DISK.matcher(name);
        if (!disk.matches()) {
            return ofBsd(name, volumes);
        }
        String partition = disk.group("partition");
        return numbered(Volume.number(index(disk), partition.isEmpty() ? 0 : Integer.parseInt(partition)), volumes);
    }

    private static Optional<Integer> ofBsd(String name, List<Volume> volumes) {
        Matcher disk = FREEBSD_DISK.matcher(name);
        if (disk.matches()) {
            return numbered(Integer.parseInt(disk.group(1)), volumes);
        }
        Matcher label = FREEBSD_LABEL.matcher(name);
        if (label.matches()) {
            String tag = switch (label.group(1)) {
                case "gpt" -> "PARTLABEL";
                case "gptid" -> "PARTUUID";
                case "ufsid" -> "UUID";
                default -> "LABEL";
            };
            return tagged(tag, label.group(2), volumes);
        }
        Matcher netbsd = NETBSD_NAME.matcher(name);
        return netbsd.matches() ? tagged("PARTLABEL", netbsd.group(1), volumes) : Optional.empty();
    }

    private static Optional<Integer> numbered(int number, List<Volume> volumes) {
        return volumes.stream()
                .filter(volume -> !volume.isInside())
                .map(Volume::partition)
                .filter(partition -> partition == number)
                .findFirst();
    }

    private static int index(Matcher disk) {
        String letter = disk.group("letter");
        String number = disk.group("nvme") == null ? disk.group("mmc") : disk.group("nvme");
        return letter != null ? letter.charAt(0) - 'a' : Integer.parseInt(number);
    }

    /** False for a name that depends on the order in which the kernel finds disks, like {@code /dev/sda1}. */
    public static boolean isPersistent(String device) {
        return !KERNEL_NAME.matcher(unquoted(Escapes.octal(device))).matches();
    }

    /** Whether it is a name that the file system itself has, by {@code UUID=} or {@code LABEL=}, whatever partition holds it. */
    static boolean isOfFileSystem(String device) {
        Matcher tag = TAG.matcher(unquoted(Escapes.octal(device)));
        return tag.matches() && Set.of("UUID", "LABEL").contains(tag.group(1).toUpperCase(Locale.ROOT));
    }

    private static Optional<Integer> tagged(String tag, String value, List<Volume> volumes) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Predicate<Volume> named = switch (tag.toUpperCase(Locale.ROOT)) {
            case "UUID" -> volume -> volume.uuid().equalsIgnoreCase(value);
            case "PARTUUID" -> volume -> volume.partUuid().equalsIgnoreCase(value);
            case "LABEL" -> volume -> bytes(volume.label()).equals(value);
            default -> volume -> bytes(volume.partLabel()).equals(value);
        };
        List<Integer> found = volumes.stream()
                .filter(volume -> volume.subvolume().isEmpty())
                .filter(named)
                .map(Volume::partition)
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** UTF-8 text as one character a byte, as fstab's text is. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String unquoted(String text) {
        int last = text.length() - 1;
        boolean quoted =
                last > 0 && text.charAt(0) == text.charAt(last) && (text.charAt(0) == '"' || text.charAt(0) == '\'');
        return quoted ? text.substring(1, last) : text;
    }
}
