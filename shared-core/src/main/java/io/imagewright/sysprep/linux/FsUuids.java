package io.imagewright.sysprep.linux;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import io.imagewright.guest.Change;
import io.imagewright.guest.Volume;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.Parameter;
import io.imagewright.sysprep.ParameterType;

/**
 * Gives file systems and swap UUIDs of their own, and the guest the new names. The source's ids are those of the machine that the image was made
 * from: a disk of that machine and one of the image cannot be distinguished in one computer.
 */
public final class FsUuids implements LinuxOperation {

    private static final Set<String> CHANGED = Set.of("ext2", "ext3", "ext4", "xfs", "swap");

    /** What holds volumes, and is no file system. */
    private static final Set<String> HOLDERS = Set.of("LVM2_member", "crypto_LUKS", "linux_raid_member");

    private static final Parameter SEED = new Parameter(
            "fs_uuid_seed",
            ParameterType.STRING,
            "",
            "Text that new UUIDs are made from, together with the old ones: the same text gives the same ids, so give "
                    + "the project's version to have others in each version.");

    @Override
    public String name() {
        return "fs-uuids";
    }

    @Override
    public String description() {
        return "Gives file systems and swap new UUIDs, and names them by these in the guest's files.";
    }

    @Override
    public String effect() {
        return "Gives each ext2, ext3, ext4, swap, and with the engine libguestfs XFS, of the disk the UUID of version 5 (RFC 9562) whose namespace is the "
                + "old UUID and whose name is the parameter `fs_uuid_seed`, so that the same source gives the same ids "
                + "(`uuidgen --sha1 -n OLD -N SEED` prints them), and replaces the old UUIDs in all text files below "
                + "`/etc`, `/boot`, `/efi` and in the boot loaders' other files ([where](#command-lines)). A volume "
                + "keeps its UUID, with a warning, where that is [named out of reach](#uuids-that-stay). Other "
                + "file systems, FAT among them, keep theirs.";
    }

    @Override
    public Phase phase() {
        return Phase.VOLUMES;
    }

    @Override
    public boolean enabledByDefault() {
        return false;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(SEED);
    }

    @Override
    public List<Change> plan(OperationContext context) {
        Map<String, Volume> volumes = volumes(context);
        if (volumes.isEmpty()) {
            return List.of();
        }
        String seed = context.parameter(SEED.name()).get(0);
        UuidMentions mentions = new UuidMentions(context, volumes.keySet());
        Map<String, String> fixed = FixedUuids.reasons(context, volumes.keySet(), mentions);
        Map<String, String> renamed = new HashMap<>();
        volumes.forEach((uuid, volume) -> {
            String reason = fixed.get(uuid);
            if (reason == null) {
                String wanted = NameBasedUuid.of(UUID.fromString(uuid), seed).toString();
                renamed.put(uuid, wanted);
                context.setUuid(volume, wanted);
            } else {
                warn(context, volume, reason);
            }
        });
        return mentions.renamed(renamed);
    }

    /** Those that can get another UUID, by the one that they have. */
    private static Map<String, Volume> volumes(OperationContext context) {
        Map<String, Volume> volumes = new TreeMap<>();
        for (Volume volume : context.facts().volumes()) {
            String uuid = volume.uuid().toLowerCase(Locale.ROOT);
            if (uuid.isEmpty()
                    || !volume.subvolume().isEmpty()
                    || HOLDERS.contains(volume.type())
                    || context.surroundings().removed().contains(volume.partition())) {
                continue;
            }
            if (!CHANGED.contains(volume.type())) {
                warn(context, volume, "this version changes those of ext2, ext3, ext4, XFS and swap only");
            } else if (!(volume.isExt()
                    || volume.isSwap()
                    || context.surroundings().hasAppliance())) {
                warn(context, volume, "the engine direct does not reach it");
            } else if (isShared(uuid, context.facts().volumes())) {
                warn(context, volume, "another partition has the same, so what names it may mean either");
            } else {
                volumes.put(uuid, volume);
            }
        }
        return volumes;
    }

    private static boolean isShared(String uuid, List<Volume> volumes) {
        return volumes.stream()
                        .filter(volume ->
                                volume.subvolume().isEmpty() && volume.uuid().equalsIgnoreCase(uuid))
                        .count()
                > 1;
    }

    private static void warn(OperationContext context, Volume volume, String reason) {
        context.warn(volume.title() + " (" + volume.type() + ") keeps its UUID " + volume.uuid() + ": " + reason + ".");
    }
}
