package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.Parameter;
import io.imagewright.sysprep.ParameterType;
import io.imagewright.sysprep.unix.ConfigFile;
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

    private static final GuestPath DEVICES = GuestPath.of("/etc/lvm/devices/system.devices");
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
                + " A group that is not all there keeps its ids, and so does, with a warning, one that `"
                + DEVICES
                + "` or an initramfs names, or whose logical volumes hold containers or arrays; the group that "
                + "`/boot` is in keeps its own, not those of its physical volumes, as GRUB's core image names it.";
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
        Map<String, List<Volume>> groups = groups(context);
        List<Change> changes = new ArrayList<>();
        if (groups.isEmpty()) {
            return changes;
        }
        String seed = context.parameter(SEED.name()).get(0);
        Optional<String> bootGroup = bootGroup(context);
        groups.forEach((group, members) -> {
            Optional<String> why = whyFixed(context, members);
            if (why.isPresent()) {
                context.warn("The volume group " + group + " keeps its ids: " + why.get() + ".");
                return;
            }
            boolean keeps = bootGroup.filter(group::equals).isPresent();
            if (keeps) {
                context.warn(
                        "The volume group " + group
                                + " keeps its id: /boot is in it, and GRUB's core image names it. Its physical volumes get others.");
            }
            String id = keeps ? "" : LvmId.of(members.get(0).uuid(), "group " + seed);
            members.forEach(member -> context.setLvmId(member, LvmId.of(member.uuid(), seed), id));
        });
        changes.addAll(COPIES.plan(context));
        return changes;
    }

    /** Physical volumes by their group, of groups that are whole. */
    private static Map<String, List<Volume>> groups(OperationContext context) {
        Map<String, List<Volume>> groups = new TreeMap<>();
        context.facts().volumes().stream()
                .filter(volume ->
                        volume.isPhysicalVolume() && !volume.label().isEmpty() && LvmId.isValid(volume.uuid()))
                .forEach(volume -> groups.computeIfAbsent(volume.label(), name -> new ArrayList<>())
                        .add(volume));
        return groups;
    }

    /** Why physical volumes cannot get other ids: what names them and is not changed here, or holds them. */
    private static Optional<String> whyFixed(OperationContext context, List<Volume> members) {
        List<String> ids = members.stream()
                .map(Volume::uuid)
                .flatMap(id -> Stream.of(id, LvmId.compact(id)))
                .toList();
        Set<Integer> numbers = members.stream().map(Volume::partition).collect(Collectors.toSet());
        List<Volume> all = context.facts().volumes();
        Set<Integer> logical = all.stream()
                .filter(volume -> numbers.contains(volume.within()))
                .map(Volume::partition)
                .collect(Collectors.toSet());
        if (all.stream().anyMatch(volume -> volume.subvolume().isEmpty() && logical.contains(volume.within()))) {
            return Optional.of("a container or an array lies in its logical volumes, which cannot be let go of");
        }
        Optional<ConfigFile> devices = ConfigFile.read(context, DEVICES);
        if (devices.filter(file -> ids.stream().anyMatch(file.text()::contains)).isPresent()) {
            return Optional.of(DEVICES + " names its physical volumes (the operation lvm-system-devices removes that)");
        }
        for (Initramfs initramfs : Initramfs.all(context)) {
            try {
                if (!initramfs.find(context, Set.copyOf(ids)).isEmpty()) {
                    return Optional.of(initramfs.path() + " names its physical volumes");
                }
            } catch (IOException unreadable) {
                return Optional.of(initramfs.path() + " may name its physical volumes: it cannot be searched, as "
                        + unreadable.getMessage());
            }
        }
        return Optional.empty();
    }

    /** The group of the file system that holds /boot. */
    private static Optional<String> bootGroup(OperationContext context) {
        Map<Integer, Volume> volumes = new TreeMap<>();
        context.facts().volumes().forEach(volume -> volumes.put(volume.partition(), volume));
        Optional<Volume> at = context.facts().mounts().stream()
                .filter(mount -> mount.point().equals(BOOT) || mount.point().equals(GuestPath.ROOT))
                .reduce((root, boot) -> boot)
                .map(Mount::partition)
                .map(volumes::get);
        for (int depth = 0; depth < volumes.size() && at.isPresent(); depth++) {
            if (at.get().isPhysicalVolume()) {
                return Optional.of(at.get().label()).filter(label -> !label.isEmpty());
            }
            at = Optional.ofNullable(volumes.get(at.get().within()));
        }
        return Optional.empty();
    }
}
