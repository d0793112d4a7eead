package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.Glob;

/**
 * Which UUIDs must stay, as something names them, or may, that an edit of the guest's files does not reach. An image that does not boot is worse
 * than one with an id that others have, too.
 */
final class FixedUuids {

    private static final Glob CORE_IMAGE = new Glob("boot/grub*/i386-pc/core.img");
    private static final GuestPath BOOT = GuestPath.of("/boot");

    private final OperationContext context;
    private final Set<String> uuids;
    private final Map<String, String> reasons = new TreeMap<>();

    private FixedUuids(OperationContext context, Set<String> uuids) {
        this.context = context;
        this.uuids = uuids;
    }

    /**
     * Finds them.
     *
     * @param uuids in lower case
     * @return each with why
     */
    static Map<String, String> reasons(OperationContext context, Set<String> uuids, UuidMentions mentions) {
        FixedUuids found = new FixedUuids(context, uuids);
        found.reasons.putAll(mentions.fixed());
        context.surroundings().find(uuids).forEach((uuid, where) -> found.fix(List.of(uuid), where + " names it"));
        found.unknownGrub();
        found.initramfs();
        return found.reasons;
    }

    private void fix(Collection<String> some, String reason) {
        some.forEach(uuid -> reasons.putIfAbsent(uuid, reason));
    }

    /** What GRUB's core image on the disk searches for is compressed in it. grub-install leaves files that show it, other tools do not. */
    private void unknownGrub() {
        boolean grub =
                context.facts().properties().getOrDefault("BOOTSTRAP", "").equals("grub2");
        if (grub && CORE_IMAGE.below(context, GuestPath.ROOT).isEmpty()) {
            int partition = context.facts().mounts().stream()
                    .filter(mount -> mount.point().equals(BOOT) || mount.point().equals(GuestPath.ROOT))
                    .reduce((root, boot) -> boot)
                    .map(Mount::partition)
                    .orElse(-1);
            context.facts().volumes().stream()
                    .filter(volume -> volume.partition() == partition)
                    .forEach(volume -> fix(
                            List.of(volume.uuid()),
                            "GRUB was not put on the disk by grub-install, so what it searches for is unknown"));
        }
    }

    private void initramfs() {
        List<Initramfs> all = Initramfs.all(context);
        if (all.isEmpty()) {
            context.facts().volumes().stream()
                    .filter(volume -> volume.type().equals("vfat"))
                    .map(Volume::partition)
                    .findFirst()
                    .ifPresent(partition -> fix(
                            uuids,
                            "there is no initramfs in /boot; it may be on " + Volume.name(partition)
                                    + " (vfat), and may name it"));
        }
        for (Initramfs initramfs : all) {
            Set<String> open = new TreeSet<>(uuids);
            open.removeAll(reasons.keySet());
            if (!open.isEmpty()) {
                try {
                    fix(initramfs.find(context, open), initramfs.path() + " names it");
                } catch (IOException unreadable) {
                    fix(open, initramfs.path() + " may name it: it cannot be searched, as " + unreadable.getMessage());
                }
            }
        }
    }
}
