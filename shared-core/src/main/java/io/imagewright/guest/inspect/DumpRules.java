package io.imagewright.guest.inspect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.AnyCase;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.Volume;

/** What a guest must be like to boot from a dump of its first partition, reference 2.2. */
public final class DumpRules {

    /** Where deployment puts the partition: sector 2048, in bytes. */
    private static final long START = 2048 * 512;

    private static final GuestPath FSTAB = GuestPath.of("/etc/fstab");

    private final PartitionDump dump;
    private final GuestTree tree;
    private final Facts facts;
    private final Volume first;
    private final byte[] bootSector;
    private final List<Message> broken = new ArrayList<>();

    private DumpRules(PartitionDump dump, GuestTree tree, Facts facts, Volume first, byte[] bootSector) {
        this.dump = dump;
        this.tree = tree;
        this.facts = facts;
        this.first = first;
        this.bootSector = bootSector.clone();
    }

    /**
     * The rules that the guest, as it will be in the image, breaks: each with what to do about it. Empty when a dump of the partition boots.
     *
     * @param first the partition that lies first on the first disk
     * @param bootSector its first 512 bytes
     * @param shrinks whether it is made smaller before it is dumped
     */
    public static List<Message> broken(
            PartitionDump dump, GuestTree tree, Facts facts, Volume first, byte[] bootSector, boolean shrinks) {
        DumpRules rules = new DumpRules(dump, tree, facts, first, bootSector);
        rules.checkPlace();
        rules.checkContent();
        rules.checkBootLoader(shrinks);
        if (!facts.isWindows()) {
            rules.checkFstab();
        }
        return List.copyOf(rules.broken);
    }

    /** A broken rule: a part of a sentence each. */
    private void fault(String reason, String next) {
        fault(reason, Message.of(next));
    }

    private void fault(String reason, Message next) {
        broken.add(Message.of(reason, " (", next, ")"));
    }

    private int root() {
        return facts.mounts().get(0).partition();
    }

    private void checkPlace() {
        if (first.offset() != START) {
            fault(
                    first.describe() + " begins at byte " + first.offset() + ", not at sector 2048",
                    "give a disk whose first partition begins there");
        }
        if (root() != first.partition()) {
            fault(
                    "the root file system is on " + Volume.name(root(), facts.volumes()) + ", not on "
                            + first.describe() + ", which lies first",
                    "give a disk whose first partition holds the whole system");
        }
        facts.mounts().stream()
                .skip(1)
                .filter(mount -> mount.partition() != first.partition())
                .forEach(mount -> fault(
                        mount.point() + " is on " + Volume.name(mount.partition(), facts.volumes())
                                + ", which is not in the dump",
                        "move its files to the root file system, and its line out of /etc/fstab"));
    }

    private void checkContent() {
        if (!dump.holds(first)) {
            fault(
                    first.describe() + " holds " + (first.type().isEmpty() ? "nothing that is known" : first.type())
                            + ", not " + dump.fileSystem(),
                    "take another format");
        }
        if (!dump.isOf(facts)) {
            fault("the guest is no " + dump.system(), "take another format");
        }
    }

    private void checkBootLoader(boolean shrinks) {
        if (!hasBootLoader()) {
            fault(
                    "no boot loader is in the first sector of " + first.describe(),
                    dump == PartitionDump.NTFS
                            ? "install one there in the guest: bootsect /nt60 SYS, bcdboot"
                            : "install one there in the guest: extlinux --install /boot/extlinux");
        } else if (shrinks && BootCode.name(bootSector).equals("grub2")) {
            fault(
                    "GRUB in the first sector of " + first.describe()
                            + " finds the rest of itself at fixed blocks, and shrinking moves them",
                    Message.of("set ", SettingName.SHRINK.to("false"), ", or take extlinux as the boot loader"));
        }
        if (dump == PartitionDump.NTFS && !hasWindowsLoader()) {
            fault(
                    "there is no file bootmgr or ntldr on the system volume",
                    "bring the loader there in the guest: bcdboot C:\\Windows /s C:");
        }
    }

    private boolean hasBootLoader() {
        boolean marked = bootSector.length == 512
                && (bootSector[510] & 0xff) == 0x55
                && (bootSector[511] & 0xff) == 0xaa
                && (bootSector[0] != 0 || bootSector[1] != 0);
        // mkntfs and others put code there that only says that the disk does not boot
        String text = new String(bootSector, StandardCharsets.ISO_8859_1);
        return marked && (dump == PartitionDump.EXT || text.contains("BOOTMGR") || text.contains("NTLDR"));
    }

    private boolean hasWindowsLoader() {
        AnyCase names = new AnyCase(tree);
        return Stream.of("bootmgr", "ntldr")
                .anyMatch(name -> names.find(GuestPath.ROOT, name).isPresent());
    }

    private void checkFstab() {
        Optional<Bytes> content =
                Optional.ofNullable(tree.read(List.of(FSTAB), Fstab.MAX_SIZE).get(FSTAB));
        if (content.isEmpty()) {
            fault("the guest has no readable /etc/fstab", "write one that mounts / by UUID= or LABEL=");
            return;
        }
        List<Fstab.Entry> entries = Fstab.parse(content.get()).entries();
        entries.stream().filter(DumpRules::isSwapPartition).forEach(this::checkSwap);
        List<Fstab.Entry> mounted = entries.stream()
                .filter(entry -> MountableEntries.isOnDisk(entry, false))
                .toList();
        if (mounted.stream().noneMatch(DumpRules::isRoot)) {
            fault("no line of /etc/fstab mounts /", "write one with UUID= or LABEL= of the root file system");
        }
        mounted.forEach(this::checkMount);
    }

    private static boolean isRoot(Fstab.Entry entry) {
        return entry.mountPoint().equals("/");
    }

    /** A swap file lies in the file system, and memory nowhere. */
    private static boolean isSwapPartition(Fstab.Entry entry) {
        boolean device = !entry.device().startsWith("/") || entry.device().startsWith("/dev/");
        return entry.isSwap() && device && !entry.device().startsWith("/dev/zram");
    }

    private void checkSwap(Fstab.Entry entry) {
        fault(
                "/etc/fstab names the swap " + name(entry) + ", which is not in the dump",
                "remove the line; the operation remove-swap-entry does that to swap which shrinking removes");
    }

    private void checkMount(Fstab.Entry entry) {
        Optional<Integer> named = DeviceNames.partition(entry.device(), facts.volumes());
        boolean other = !named.equals(Optional.of(root()));
        if (!isRoot(entry)) {
            boolean mounted = facts.mounts().stream().anyMatch(mount -> named.equals(Optional.of(mount.partition())));
            if (!mounted) {
                fault(
                        "/etc/fstab mounts " + name(entry) + " on " + Findings.clean(entry.mountPoint(), 256)
                                + ", which is not in the dump",
                        "remove the line");
            }
        } else if (!DeviceNames.isOfFileSystem(entry.device())) {
            fault(
                    "/etc/fstab mounts / by the name " + name(entry)
                            + ", which it may not have where the dump is deployed",
                    "write UUID= or LABEL=; the operation use-persistent-block-device-names does that to names like"
                            + " /dev/sda1");
        } else if (other) {
            fault(
                    "/etc/fstab mounts / by the name " + name(entry) + ", which is not that of the root file system",
                    "correct the line");
        }
    }

    private static String name(Fstab.Entry entry) {
        return Findings.clean(entry.device(), 256);
    }

    /**
     * The refusal of a dump.
     *
     * @param broken at least one rule
     */
    public static ImageException refusal(PartitionDump dump, List<Message> broken) {
        Message reason = Message.of("the first partition does not boot by itself");
        for (int i = 0; i < broken.size(); i++) {
            reason = reason.plus(i == 0 ? ": " : "; ", i + 1, ") ", broken.get(i));
        }
        return ImageException.of(
                ImageException.Kind.DESCRIPTION,
                Message.of("Cannot write the guest as ", dump.word()),
                reason,
                Message.of(
                        "Fix ",
                        broken.size() == 1 ? "it" : "all of these",
                        ", or take the format diskdump, which holds the whole disk."));
    }
}
