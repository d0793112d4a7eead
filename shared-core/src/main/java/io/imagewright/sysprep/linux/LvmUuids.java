package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeGroup;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.Parameter;
import io.imagewright.sysprep.ParameterType;
import io.imagewright.sysprep.unix.Removal;

/**
 * Gives physical volumes and volume groups of LVM ids of their own: LVM refuses to work with a disk of the source's machine and one of the image in one
 * computer. Logical volumes keep theirs, which count within their group only.
 */
public final class LvmUuids implements LinuxOperation {

    private static final Parameter SEED = new Parameter(
            "lvm_uuid_seed",
            ParameterType.STRING,
            "",
            "Text that new ids of LVM are made from, together with the old ones: the same text gives the same ids, so give "
                    + "the project's version to have others in each version.");

    /** LVM's copies of its metadata: they name the old ids, earlier states, and the machine that wrote them. */
    private static final Removal COPIES = Removal.of("etc/lvm/archive/*", "etc/lvm/backup/*", "etc/lvm/cache/.cache");

    private static final List<GuestPath> LVM_COPIES = Stream.of("/etc/lvm/archive", "/etc/lvm/backup", "/etc/lvm/cache")
            .map(GuestPath::of)
            .toList();

    private static final GuestPath BOOT = GuestPath.of("/boot");

    @Override
    public String name() {
        return "lvm-uuids";
    }

    @Override
    public String description() {
        return "Gives physical volumes and volume groups of LVM new ids.";
    }

    @Override
    public String effect() {
        return "With the engine libguestfs: gives each physical volume and each volume group of LVM another id, which follows "
                + "from the old one and the parameter `lvm_uuid_seed`, and empties what LVM keeps of earlier metadata on the "
                + "disk. " + COPIES.effect()
                + "A group keeps its ids, with a warning, when it is not all there, has other logical volumes than linear and "
                + "striped ones, or holds containers or arrays in them, and when anything below `/etc`, `/boot` or `/efi`, "
                + "`/etc/lvm/devices/system.devices` for example, or an initramfs names its physical volumes. The group that "
                + "`/boot` is in (GRUB's core image names it), or that is named so itself, keeps its own id, not those of its "
                + "physical volumes.";
    }

    @Override
    public Phase phase() {
        return Phase.VOLUMES;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(SEED);
    }

    @Override
    public List<Change> plan(OperationContext context) {
        List<VolumeGroup> groups = context.surroundings().groups();
        if (groups.isEmpty()) {
            return List.of();
        }
        String seed = context.parameter(SEED.name()).get(0);
        Set<Integer> boot = bootVolumes(context);
        boolean changed = false;
        for (VolumeGroup group : groups) {
            List<Volume> members = context.facts().volumes().stream()
                    .filter(volume -> group.members().contains(volume.partition()))
                    .toList();
            Optional<String> reason = fixedReason(context, group, members);
            if (reason.isPresent()) {
                context.warn("The volume group " + group.name() + " keeps its ids: " + reason.get() + ".");
                continue;
            }
            Optional<String> named = group.members().stream().anyMatch(boot::contains)
                    ? Optional.of("/boot is in it, and GRUB's core image names it")
                    : whereNamed(context, List.of(group.uuid()));
            named.ifPresent(where -> context.warn("The volume group " + group.name() + " keeps its id: " + where
                    + ". Its physical volumes get others."));
            String id = named.isPresent() ? "" : LvmId.of(group.uuid(), seed);
            members.forEach(member -> context.setLvmId(member, LvmId.of(member.uuid(), seed), id));
            changed = true;
        }
        return changed ? COPIES.plan(context) : List.of();
    }

    /** Why no id of a group can be another: what holds its volumes, or names them and is not changed here. */
    private static Optional<String> fixedReason(OperationContext context, VolumeGroup group, List<Volume> members) {
        if (!group.obstacle().isEmpty()) {
            return Optional.of(group.obstacle());
        }
        List<String> ids = members.stream().map(Volume::uuid).toList();
        if (members.isEmpty() || !LvmId.isValid(group.uuid()) || !ids.stream().allMatch(LvmId::isValid)) {
            return Optional.of("they have another form than LVM's");
        }
        List<Volume> all = context.facts().volumes();
        Set<Integer> logical = all.stream()
                .filter(volume -> group.members().contains(volume.within()))
                .map(Volume::partition)
                .collect(Collectors.toSet());
        return all.stream().anyMatch(volume -> volume.subvolume().isEmpty() && logical.contains(volume.within()))
                ? Optional.of("a container or an array lies in its logical volumes, which cannot be let go of")
                : whereNamed(context, ids);
    }

    /** Where the guest names any of these ids, with hyphens or without; LVM's copies of its metadata, which go, do not count. */
    private static Optional<String> whereNamed(OperationContext context, List<String> ids) {
        Set<String> texts = ids.stream()
                .flatMap(id -> Stream.of(id, LvmId.compact(id)))
                .map(id -> id.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Optional<String> named = new UuidMentions(context, texts)
                .where(path -> LVM_COPIES.stream().noneMatch(path::startsWith));
        if (named.isPresent()) {
            return named;
        }
        for (Initramfs initramfs : Initramfs.all(context)) {
            try {
                if (!initramfs.find(context, texts).isEmpty()) {
                    return Optional.of(initramfs.path() + " names it");
                }
            } catch (IOException unreadable) {
                return Optional.of(
                        initramfs.path() + " may name it: it cannot be searched, as " + unreadable.getMessage());
            }
        }
        return Optional.empty();
    }

    /** What the file system that holds /boot lies in. */
    private static Set<Integer> bootVolumes(OperationContext context) {
        Map<Integer, Volume> volumes = new TreeMap<>();
        context.facts().volumes().forEach(volume -> volumes.put(volume.partition(), volume));
        Optional<Volume> at = context.facts().mounts().stream()
                .filter(mount -> mount.point().equals(BOOT) || mount.point().equals(GuestPath.ROOT))
                .reduce((root, boot) -> boot)
                .map(Mount::partition)
                .map(volumes::get);
        Set<Integer> found = new HashSet<>();
        for (int depth = 0; depth < volumes.size() && at.isPresent(); depth++) {
            found.add(at.get().partition());
            at = Optional.ofNullable(volumes.get(at.get().within()));
        }
        return found;
    }
}
