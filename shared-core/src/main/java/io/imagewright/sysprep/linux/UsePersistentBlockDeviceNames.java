package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.inspect.DeviceNames;
import io.imagewright.guest.inspect.Fstab;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;

/**
 * Names file systems by UUID where the guest names them by kernel names like {@code /dev/sda1}: the same disk is {@code /dev/vda} or
 * {@code /dev/nvme0n1} on the next machine.
 */
public final class UsePersistentBlockDeviceNames implements LinuxOperation {

    private static final GuestPath FSTAB = GuestPath.of("/etc/fstab");
    private static final int WHOLE_ENTRY = 6;

    @Override
    public String name() {
        return "use-persistent-block-device-names";
    }

    @Override
    public String description() {
        return "Replaces device names like /dev/sda1 by UUIDs in /etc/fstab and in the boot loader's files.";
    }

    @Override
    public String effect() {
        return "Replaces names of the kernel (`/dev/sda1`, `hda1`, `vda1`, `xvda1`, `nvme0n1p1`, "
                + "`mmcblk0p1`) by `UUID=` in `/etc/fstab`, and in `root=` of the command lines of all boot "
                + "loaders ([where](#command-lines)); there by `PARTUUID=` where no initramfs is in `/boot`.";
    }

    @Override
    public Phase phase() {
        return Phase.CONFIGURE;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        PersistentNames names = new PersistentNames(context.facts());
        List<Change> changes = new ArrayList<>();
        fstab(context, names).ifPresent(changes::add);
        changes.addAll(commandLines(context, names));
        return changes;
    }

    private static Optional<Change> fstab(OperationContext context, PersistentNames names) {
        Optional<ConfigFile> file = ConfigFile.read(context, FSTAB);
        if (file.isEmpty()) {
            context.warn("There is no file /etc/fstab; no device name is replaced in it.");
            return Optional.empty();
        }
        Fstab fstab = Fstab.parse(Bytes.ofText(file.get().text()));
        for (Fstab.Entry entry : fstab.entries()) { // an edit keeps the number of lines, so entries stay where they are
            if (entry.fields() != WHOLE_ENTRY) {
                context.warn("Detected abnormal entry in fstab: line " + (entry.line() + 1) + " has " + entry.fields()
                        + " fields, not " + WHOLE_ENTRY + ".");
            }
            if (!DeviceNames.isPersistent(entry.device())) {
                Optional<String> name = names.uuid(entry.device(), entry.mountPoint());
                if (name.isPresent()) {
                    fstab = fstab.withDevice(entry, name.get());
                } else {
                    context.warn("Line " + (entry.line() + 1) + " of /etc/fstab keeps " + entry.device()
                            + ": no file system of the image is known by that name.");
                }
            }
        }
        return file.get().with(fstab.toBytes().text());
    }

    private static List<Change> commandLines(OperationContext context, PersistentNames names) {
        KernelCommandLines lines = KernelCommandLines.of(context);
        // only an initramfs can look for a UUID; the kernel by itself knows names and PARTUUIDs (kernel-parameters.txt,
        // root=)
        boolean initramfs = !Initramfs.files(context).isEmpty();
        Set<String> kept = new TreeSet<>();
        lines.edit((format, line) -> line.replacing(parameter -> {
            String device = parameter.startsWith("root=") ? parameter.substring("root=".length()) : "";
            if (device.isEmpty() || DeviceNames.isPersistent(device)) {
                return parameter;
            }
            Optional<String> name = initramfs ? names.uuid(device, "/") : names.partUuid(device, "/");
            if (name.isEmpty()) {
                kept.add(device);
            }
            return name.map("root="::concat).orElse(parameter);
        }));
        kept.forEach(device -> context.warn("The boot loader keeps root=" + device
                + ": nothing on the medium is known by that name, or it has no UUID that only it has."));
        return lines.changes();
    }
}
