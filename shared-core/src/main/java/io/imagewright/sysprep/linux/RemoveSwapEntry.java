package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.inspect.Fstab;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Reachable;

/**
 * Takes swap out of a guest: the image is deployed without it, and swap holds what the machine had in memory. Where resuming from it was
 * set up, that goes too.
 */
public final class RemoveSwapEntry implements LinuxOperation {

    private static final GuestPath FSTAB = GuestPath.of("/etc/fstab");

    @Override
    public String name() {
        return "remove-swap-entry";
    }

    @Override
    public String description() {
        return "Removes swap from /etc/fstab and from the places that would resume from it, and deletes swap files.";
    }

    @Override
    public String effect() {
        return "Removes the lines of swap partitions and swap files from `/etc/fstab` (not zram), and deletes the swap"
                + " files. Then removes all swap partitions of the disk, and the file systems that held the swap files,"
                + " from `RESUME=` of initramfs-tools and from `resume=`, with its `resume_offset=`, in the command lines"
                + " of all boot loaders ([where](#command-lines)), and adds `noresume` where initramfs-tools would wait"
                + " for a partition.";
    }

    @Override
    public Phase phase() {
        return Phase.CONFIGURE;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        Optional<ConfigFile> file = ConfigFile.read(context, FSTAB);
        if (file.isEmpty()) {
            context.warn("There is no file /etc/fstab; no swap is removed from it.");
        }
        Fstab fstab = Fstab.parse(Bytes.ofText(file.map(ConfigFile::text).orElse("")));
        RemovedSwap removed = RemovedSwap.of(context.facts(), fstab);
        if (removed.isEmpty()) {
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        file.flatMap(known ->
                        known.with(fstab.without(RemovedSwap::isOne).toBytes().text()))
                .ifPresent(changes::add);
        fstab.entries().stream()
                .filter(RemovedSwap::isFile)
                .flatMap(entry -> Reachable.entry(context, GuestPath.of(entry.device())).stream())
                .filter(entry -> entry.stat().isRegular())
                .forEach(entry -> changes.add(new Change.Delete(entry.path())));
        changes.addAll(new ResumeDevice(context, removed).changes());
        warnOfEncrypted(context, removed);
        return changes;
    }

    private static void warnOfEncrypted(OperationContext context, RemovedSwap removed) {
        removed.devices().stream()
                .filter(device -> device.startsWith("/dev/mapper/"))
                .sorted()
                .forEach(device -> context.warn(
                        "The swap " + device + " is removed from /etc/fstab. If /etc/crypttab sets it up, take "
                                + "it out there, too: the boot waits for its partition."));
    }
}
