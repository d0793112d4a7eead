package io.imagewright.guest.libguestfs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.imagewright.disk.FileSystemInfo;
import io.imagewright.disk.FileSystemProbe;
import io.imagewright.error.ImageException;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeGroup;

/**
 * What lies in the volumes of a disk: the appliance assembles arrays (MD RAID), opens containers (LUKS), activates logical volumes (LVM), in whatever
 * order they lie in each other, and lists the sub-volumes of btrfs.
 */
final class BlockDevices {

    /** Devices of all kinds; a disk with more is hostile. */
    private static final int MAX_DEVICES = 1000;

    private static final long MAX_LIST = 4 << 20;

    /** Containers in containers. */
    private static final int MAX_DEPTH = 4;

    /** lsblk's words for what is assembled. */
    private static final Set<String> KINDS =
            Set.of("lvm", "crypt", "linear", "raid0", "raid1", "raid4", "raid5", "raid6", "raid10");

    private final Appliance appliance;
    private final List<Volume> volumes = new ArrayList<>();
    private final List<VolumeGroup> volumeGroups = new ArrayList<>();
    private final Map<Integer, VolumeMounts.Device> devices = new LinkedHashMap<>();

    /** Volume by the kernel's name of its device. */
    private final Map<String, Integer> byKernelName = new HashMap<>();

    /** Volume group by the kernel's name of a physical volume. */
    private final Map<String, String> groups = new HashMap<>();

    private final Set<Integer> holders = new HashSet<>();

    private BlockDevices(Appliance appliance) {
        this.appliance = appliance;
    }

    /**
     * Finds all.
     *
     * @param partitions the disk's own
     * @param known their devices
     * @param keys of LUKS containers, each tried on each
     */
    static BlockDevices find(
            Appliance appliance, List<Volume> partitions, Map<Integer, VolumeMounts.Device> known, List<byte[]> keys) {
        BlockDevices found = new BlockDevices(appliance);
        found.volumes.addAll(partitions);
        found.devices.putAll(known);
        boolean stacked = partitions.stream().anyMatch(BlockDevices::isHolder);
        if (stacked) {
            found.assemble(keys);
            found.list();
            found.findGroups();
        }
        new ArrayList<>(found.volumes)
                .stream().filter(volume -> volume.type().equals("btrfs")).forEach(found::listSubvolumes);
        return found;
    }

    /** Whether other volumes may lie in it. */
    static boolean isHolder(Volume volume) {
        String type = volume.type();
        return type.equals("LVM2_member") || type.equals("crypto_LUKS") || type.equals("linux_raid_member");
    }

    List<Volume> volumes() {
        return List.copyOf(volumes);
    }

    List<VolumeGroup> groups() {
        return List.copyOf(volumeGroups);
    }

    Map<Integer, VolumeMounts.Device> devices() {
        return Map.copyOf(devices);
    }

    /** Numbers of the volumes that other volumes lie in, each of several. */
    Set<Integer> holders() {
        return Set.copyOf(holders);
    }

    /** A container without its key stays closed; what lies in it is not there then. */
    private void assemble(List<byte[]> keys) {
        BashScript script = new BashScript();
        for (int round = 0; round < MAX_DEPTH; round++) {
            script.line("mdadm --assemble --scan --run > /dev/null 2>&1 || :");
            for (byte[] key : keys) {
                String read = BashScript.incoming(appliance.put(key), key.length);
                script.line("for device in $(blkid -c /dev/null -t TYPE=crypto_LUKS -o device); do")
                        .line("  name=luks-$(blkid -p -o value -s UUID $device)")
                        .line(
                                "  [ -e /dev/mapper/$name ] || " + read
                                        + " | cryptsetup open --allow-discards --key-file=- $device $name > /dev/null 2>&1 || :")
                        .line("done");
            }
            script.line("udevadm settle; lvm vgchange -a y > /dev/null 2>&1 || :")
                    .line("udevadm settle");
        }
        appliance.run(script);
    }

    private void list() {
        BashScript script = new BashScript();
        devices.forEach((number, device) ->
                script.line("echo partition " + number + " $(basename $(readlink -f " + device.path() + "))"));
        script.line("lvm pvs --noheadings -o pv_name,vg_name 2> /dev/null | while read -r device group; do"
                        + " echo group $(basename $(readlink -f $device)) $group; done || :")
                .line("lsblk -b -n -r -o TYPE,KNAME,NAME,PATH,SIZE,PKNAME | sed 's/^/device /'")
                .line(
                        "for link in /dev/md/*; do [ -e \"$link\" ] || continue; echo link $(basename $(readlink -f $link)) $link; done")
                .line(
                        "for device in $(lsblk -n -r -o PATH | sort -u); do echo probe $device; blkid -p -o udev $device || :; done");
        read(appliance.fetch(
                script,
                MAX_LIST,
                (stream, length) -> new String(stream.readNBytes((int) length), StandardCharsets.UTF_8)));
    }

    /** One assembled device. */
    private record Row(String kind, String kernelName, String name, String path, long size, String parent) {}

    private void read(String text) {
        List<Row> rows = new ArrayList<>();
        Map<String, List<String>> links = new HashMap<>();
        Map<String, StringBuilder> probes = new HashMap<>();
        StringBuilder probe = new StringBuilder();
        for (String line : text.lines().toList()) {
            List<String> words = List.of(line.split(" ", -1));
            if (words.get(0).equals("partition") && words.size() == 3) {
                byKernelName.put(words.get(2), Integer.parseInt(words.get(1)));
            } else if (words.get(0).equals("device") && words.size() == 7) {
                if (KINDS.contains(words.get(1))) {
                    rows.add(new Row(
                            words.get(1),
                            words.get(2),
                            words.get(3),
                            words.get(4),
                            Long.parseLong(words.get(5)),
                            words.get(6)));
                }
            } else if (words.get(0).equals("group") && words.size() == 3) {
                groups.put(words.get(1), words.get(2));
            } else if (words.get(0).equals("link") && words.size() == 3) {
                links.computeIfAbsent(words.get(1), name -> new ArrayList<>()).add(words.get(2));
            } else if (words.get(0).equals("probe") && words.size() == 2) {
                probe = probes.computeIfAbsent(words.get(1), path -> new StringBuilder());
            } else {
                probe.append(line).append('\n');
            }
        }
        if (rows.size() > MAX_DEVICES) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot use the disk",
                    "it holds more than " + MAX_DEVICES + " logical volumes, arrays and containers",
                    "Look at the disk with lsblk.");
        }
        // a row comes after that of what holds it, and one device may have several rows
        for (Row row : rows) {
            List<Integer> within = holders(row, rows);
            if (!within.isEmpty() && !byKernelName.containsKey(row.kernelName())) {
                holders.addAll(within);
                FileSystemInfo info = FileSystemProbe.parse(
                        probes.getOrDefault(row.path(), new StringBuilder()).toString());
                add(row, within.get(0), info, links.getOrDefault(row.kernelName(), List.of()));
            }
        }
    }

    /** The volumes that hold it, in their order; of a logical volume all of its group. */
    private List<Integer> holders(Row row, List<Row> rows) {
        Set<String> names = rows.stream()
                .filter(other -> other.kernelName().equals(row.kernelName()))
                .map(Row::parent)
                .collect(Collectors.toSet());
        if (row.kind().equals("lvm")) {
            String group = logicalVolume(row.path())
                    .map(path -> path.split("/", -1)[2])
                    .orElse("");
            groups.forEach((name, itsGroup) -> {
                if (itsGroup.equals(group)) {
                    names.add(name);
                }
            });
        }
        return names.stream()
                .map(byKernelName::get)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
    }

    private void add(Row row, int within, FileSystemInfo info, List<String> links) {
        List<String> names = new ArrayList<>(links);
        names.add(row.path());
        logicalVolume(row.path()).ifPresent(names::add);
        int number = add(within, info, row.size(), names, "", row.path(), row.path());
        byKernelName.put(row.kernelName(), number);
    }

    private void findGroups() {
        String text = appliance.run(new BashScript()
                .line("lvm pvs --noheadings --separator ' ' -o pv_uuid,vg_name,vg_uuid,vg_missing_pv_count,vg_exported"
                        + " 2> /dev/null | sed 's/^ */member /' || :")
                .line("lvm lvs --noheadings --separator ' ' -o vg_uuid,segtype,lv_active 2> /dev/null"
                        + " | sed 's/^ */volume /' || :"));
        volumeGroups.addAll(VolumeGroups.parse(text, volumes));
    }

    /** {@code /dev/group/volume} of {@code /dev/mapper/group-volume}, in which hyphens of the names are doubled. */
    static Optional<String> logicalVolume(String path) {
        String prefix = "/dev/mapper/";
        if (!path.startsWith(prefix)) {
            return Optional.empty();
        }
        String[] parts = path.substring(prefix.length()).split("(?<!-)-(?!-)", 2);
        return parts.length == 2
                ? Optional.of("/dev/" + parts[0].replace("--", "-") + "/" + parts[1].replace("--", "-"))
                : Optional.empty();
    }

    private int add(
            int within,
            FileSystemInfo info,
            long size,
            List<String> names,
            String subvolume,
            String device,
            String subject) {
        int number = Volume.FIRST_INSIDE + volumes.size();
        volumes.add(
                new Volume(number, info.type(), info.uuid(), info.label(), "", "", 0, size, within, names, subvolume));
        devices.put(
                number, new VolumeMounts.Device(device, info.type(), subvolume, subject + " (" + info.type() + ")"));
        return number;
    }

    /**
     * Sub-volumes that may be mounted by name. Snapshots are not among them: each would be one more system. What the default is needs no
     * name.
     */
    private void listSubvolumes(Volume volume) {
        VolumeMounts.Device device = devices.get(volume.partition());
        if (device == null) {
            return;
        }
        String top = "/v/subvolumes";
        BashScript script = new BashScript()
                .line("mkdir -p " + top)
                .line("mount -t btrfs -o ro,subvolid=5 " + device.path() + " " + top)
                .line("echo default $(btrfs subvolume get-default " + top + " | cut -d' ' -f2)")
                .line("btrfs subvolume list -s " + top + " | sed 's/^/snapshot /'")
                .line("btrfs subvolume list " + top + " | sed 's/^/subvolume /'")
                .line("umount " + top);
        String text;
        try {
            text = appliance.fetch(
                    script,
                    MAX_LIST,
                    (stream, length) -> new String(stream.readNBytes((int) length), StandardCharsets.UTF_8));
        } catch (GuestfsFailure failure) {
            throw VolumeMounts.cannotMount(device, failure);
        }
        Subvolumes.parse(text).stream()
                .limit(MAX_DEVICES)
                .forEach(path -> add(
                        volume.partition(),
                        new FileSystemInfo(volume.type(), volume.uuid(), volume.label()),
                        volume.length(),
                        List.of(),
                        path,
                        device.path(),
                        "sub-volume " + path + " of " + device.subject()));
    }
}
