package io.imagewright.guest.libguestfs;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.imagewright.guest.Volume;

/** Makes the last partition of a disk small with the tools of its file system: btrfs, NTFS, ext2/3/4, on logical volumes, too. */
final class VolumeShrinker {

    /** What this can make small. */
    static final Set<String> TYPES = Set.of("btrfs", "ntfs", "LVM2_member");

    private static final long BTRFS_LEAST = 256L << 20;

    private static final Set<String> EXT = Set.of("ext2", "ext3", "ext4");

    private final Appliance appliance;
    private final List<Volume> volumes;
    private final Map<Integer, VolumeMounts.Device> devices;

    VolumeShrinker(Appliance appliance, List<Volume> volumes, Map<Integer, VolumeMounts.Device> devices) {
        this.appliance = appliance;
        this.volumes = volumes;
        this.devices = devices;
    }

    /**
     * Shrinks a partition's content, which is not mounted.
     *
     * @param free bytes to leave free
     * @return bytes that the partition needs from now on; those that it had when it could not be made smaller
     * @throws GuestfsFailure when a tool fails; with its words
     */
    long shrink(int number, long free) {
        Volume volume = volumes.stream()
                .filter(candidate -> candidate.partition() == number)
                .findFirst()
                .orElseThrow();
        VolumeMounts.Device device = devices.get(number);
        if (device == null) {
            return volume.length();
        }
        BashScript script = switch (volume.type()) {
            case "btrfs" -> btrfs(device.path(), free);
            case "ntfs" -> ntfs(device.path(), free);
            case "ext2", "ext3", "ext4" -> ext(device.path(), free);
            case "LVM2_member" -> physicalVolume(device.path(), free);
            default -> new BashScript().line("echo " + volume.length());
        };
        // what tools say comes before
        String said = appliance.run(script).strip();
        long size = Long.parseLong(said.substring(said.lastIndexOf('\n') + 1));
        return Math.min(size, volume.length());
    }

    /** The journal would prevent the shrinking. */
    private static BashScript ext(String device, long free) {
        return new BashScript()
                .line("has() { dumpe2fs -h " + device
                        + " 2> /dev/null | grep '^Filesystem features:' | grep -cw $1 || :; }")
                .line("journaled=$(has has_journal) orphans=$(has orphan_file)")
                .line("[ $orphans = 0 ] || tune2fs -O ^orphan_file " + device + " > /dev/null")
                .line("[ $journaled = 0 ] || tune2fs -O ^has_journal " + device + " > /dev/null")
                .line("e2fsck -fyD " + device + " > /dev/null 2>&1 || [ $? -le 1 ]")
                .append(least(device))
                .line("size=$(blockdev --getsize64 " + device + ")")
                // blocks of the new journal, by ext2fs_default_journal_size of e2fsprogs
                .line("journal=65536")
                .line(
                        "for pair in 4194304:32768 1048576:16384 524288:8192 262144:4096 32768:1024; do [ $least -ge ${pair%:*} ] || journal=${pair#*:}; done")
                .line("wanted=$(( ((least + journaled * journal) * block + " + free
                        + " + 1048575) / 1048576 * 1048576 ))")
                .line("if [ $wanted -lt $size ]; then")
                .line("  resize2fs -f " + device + " $((wanted / 1024))K > /dev/null 2>&1")
                .line("  size=$wanted")
                .line("fi")
                .line("[ $journaled = 0 ] || tune2fs -j " + device + " > /dev/null")
                .line("[ $orphans = 0 ] || tune2fs -O orphan_file " + device + " > /dev/null")
                .line("echo $size");
    }

    /** Sets {@code block} to the bytes of a block of ext2/3/4, and {@code least} to how many it needs. */
    private static BashScript least(String device) {
        return new BashScript()
                .line("block=$(dumpe2fs -h " + device + " 2> /dev/null | sed -n 's/^Block size: *//p')")
                .line("least=$(resize2fs -P " + device + " 2> /dev/null | sed 's/.*: *//')");
    }

    /**
     * What btrfs gives for its minimum can be more than what is allocated, and sinks when chunks at the end are moved. The kernel refuses less
     * than 256 MiB (EINVAL of {@code btrfs_ioctl_resize}) and a size that leaves no room to move a chunk (ENOSPC); then half of the way is tried.
     */
    private static BashScript btrfs(String device, long free) {
        return new BashScript()
                .line("size=$(blockdev --getsize64 " + device + ")")
                .line("mkdir -p /v/shrink; mount -t btrfs -o noatime " + device + " /v/shrink")
                .line("for round in 1 2 3 4; do")
                .line("  least=$(btrfs inspect-internal min-dev-size /v/shrink | cut -d' ' -f1)")
                .line("  allocated=$(btrfs filesystem usage -b /v/shrink 2> /dev/null"
                        + " | sed -n 's/^ *Device allocated:[^0-9]*//p')")
                .line("  [ ${allocated:-$least} -ge $least ] || least=$allocated")
                .line("  wanted=$(( (least + " + free + " + 1048575) / 1048576 * 1048576 ))")
                .line("  [ $wanted -ge " + BTRFS_LEAST + " ] || wanted=" + BTRFS_LEAST)
                .line("  [ $wanted -lt $size ] || break")
                .line("  until btrfs filesystem resize $wanted /v/shrink > /dev/null 2>&1; do")
                .line("    wanted=$(( (wanted + size) / 2 / 1048576 * 1048576 ))")
                .line("    [ $((size - wanted)) -ge 16777216 ] || break 2")
                .line("  done")
                .line("  size=$wanted")
                .line("done")
                .line("umount /v/shrink")
                .line("echo $size");
    }

    /** ntfsresize refuses a volume that Windows wants to check; it has its reasons. */
    private static BashScript ntfs(String device, long free) {
        return new BashScript()
                .line("size=$(blockdev --getsize64 " + device + ")")
                .line("info=$(ntfsresize --info --no-progress-bar " + device
                        + " 2>&1) || { echo \"$info\" | tail -n 5 >&2; exit 1; }")
                .line("least=$(echo \"$info\" | sed -n 's/^You might resize at \\([0-9]*\\) bytes.*/\\1/p')")
                .line("wanted=$(( (${least:-$size} + " + free + " + 1048575) / 1048576 * 1048576 ))")
                .line("if [ $wanted -lt $size ]; then")
                .line("  ntfsresize --no-action --no-progress-bar --size $wanted " + device + " >&2")
                .line("  echo y | ntfsresize --no-progress-bar --size $wanted " + device + " >&2")
                .line("  size=$wanted")
                .line("fi")
                .line("echo $size");
    }

    /**
     * The largest file system on it that can be made small gives its space back; what lies behind is moved forward, and the physical volume ends
     * there.
     */
    private BashScript physicalVolume(String device, long free) {
        BashScript script = new BashScript()
                .line("here=\" $(lvm pvs --noheadings --segments --separator / -o vg_name,lv_name " + device
                        + " | tr -d ' ' | tr '\\n' ' ')\" path=")
                .append(largestHere())
                .line("if [ -n \"$path\" ]; then")
                .line("e2fsck -fy $path > /dev/null 2>&1 || [ $? -le 1 ]")
                .append(least("$path"))
                .line("extent=$(lvm lvs --noheadings --nosuffix --units b -o vg_extent_size $path | tr -d ' ')")
                .line("wanted=$(( (least * block + " + free + " + extent - 1) / extent * extent ))")
                .line("if [ $wanted -lt $(blockdev --getsize64 $path) ]; then")
                .line("  resize2fs -f $path $((wanted / 1024))K > /dev/null 2>&1")
                .line("  lvm lvreduce -qq -f -y -L ${wanted}b $path > /dev/null 2>&1")
                .line("fi; fi");
        return script.line(
                        "set -- $(lvm pvs --noheadings --nosuffix --units b -o pv_pe_alloc_count,pe_start,vg_extent_size "
                                + device + ")")
                .line("used=$1 start=$2 extent=$3 size=$(blockdev --getsize64 " + device + ")")
                .line("last=0")
                .line("while read -r from count name; do")
                .line("  if [ -n \"$name\" ] && [ $((from + count)) -gt $last ]; then last=$((from + count)); fi")
                .line("done < <(lvm pvs --noheadings --segments -o pvseg_start,pvseg_size,lv_name " + device + ")")
                .line("if [ $last -gt $used ]; then")
                .line("  lvm pvmove -qq -y --alloc anywhere " + device + ":$used-$((last - 1)) " + device
                        + ":0-$((used - 1)) > /dev/null 2>&1 && last=$used || :")
                .line("fi")
                // a physical volume has one extent at least
                .line("[ $last -gt 0 ] || last=1")
                .line("wanted=$(( start + last * extent ))")
                .line("if [ $wanted -lt $size ]; then")
                .line("  lvm pvresize -qq -y --setphysicalvolumesize ${wanted}b " + device + " > /dev/null 2>&1")
                .line("  size=$wanted")
                .line("fi")
                .line("echo $size");
    }

    /** Sets {@code path} to that of the largest ext2/3/4 among the logical volumes of {@code here}. */
    private BashScript largestHere() {
        BashScript script = new BashScript();
        volumes.stream()
                .filter(volume -> volume.isInside() && EXT.contains(volume.type()))
                .sorted(Comparator.comparingLong(Volume::length).reversed())
                .map(volume -> devices.get(volume.partition()))
                .filter(Objects::nonNull)
                .map(VolumeMounts.Device::path)
                .forEach(path -> BlockDevices.logicalVolume(path)
                        .map(name -> name.substring("/dev/".length()))
                        .ifPresent(name -> script.line("case \"$here\" in *\" " + name
                                + " \"*) [ -n \"$path\" ] || path=" + path + ";; esac")));
        return script;
    }
}
