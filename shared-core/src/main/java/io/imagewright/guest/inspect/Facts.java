package io.imagewright.guest.inspect;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeId;
import org.jspecify.annotations.Nullable;

/**
 * What inspection found.
 *
 * @param osFamily {@code linux}, {@code windows}, {@code freebsd} ...; {@code unknown}
 * @param distribution os-release's {@code ID}, or {@code unknown}
 * @param product the full name for people
 * @param version os-release's {@code VERSION_ID}, of Windows that of its kernel, for example {@code 6.1}; may be empty
 * @param volumes every partition of the media, disk by disk in table order, and what lies in them
 * @param mounts the guest's file systems on these media, the root first
 * @param properties image properties of snf-image, keys upper-case
 * @param warnings what the user should know, in full sentences
 * @param growth what grows the root file system at boot
 * @param bootSigns words for what shows that a machine made from the guest is up: {@code port:<n>} for a TCP port that takes connections, {@code
 *     serial:login} for a login prompt on the first serial port, {@code agent:qemu} for QEMU's guest agent, {@code power:button} for a
 *     guest that switches itself off at the power button; null when nobody looked
 */
public record Facts(
        String osFamily,
        String distribution,
        String product,
        String version,
        List<Volume> volumes,
        List<Mount> mounts,
        Map<String, String> properties,
        List<String> warnings,
        RootGrowth growth,
        @Nullable String bootSigns) {

    /** Nothing was found, or nobody looked. */
    public static final Facts NONE = new Facts("", "", "", "", List.of(), List.of(), Map.of(), List.of());

    /** Copies the collections. */
    public Facts {
        volumes = List.copyOf(volumes);
        mounts = List.copyOf(mounts);
        properties = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(properties));
        warnings = List.copyOf(warnings);
    }

    /** Facts of a guest whose root file system nothing grows, and that nobody has asked how it shows that it is up. */
    public Facts(
            String osFamily,
            String distribution,
            String product,
            String version,
            List<Volume> volumes,
            List<Mount> mounts,
            Map<String, String> properties,
            List<String> warnings) {
        this(osFamily, distribution, product, version, volumes, mounts, properties, warnings, RootGrowth.NOTHING, null);
    }

    /** Where the guest's file systems are mounted, the root first. */
    public List<GuestPath> mountPoints() {
        return mounts.stream().map(Mount::point).toList();
    }

    /** Whether the guest is a Windows. */
    public boolean isWindows() {
        return osFamily.equals("windows");
    }

    /** The same of a medium whose volumes got these ids. */
    public Facts with(List<VolumeId> ids) {
        Map<Integer, VolumeId> byPartition =
                ids.stream().collect(Collectors.toMap(VolumeId::partition, Function.identity()));
        List<Volume> renamed = volumes.stream()
                .map(volume -> {
                    VolumeId id = byPartition.get(volume.partition());
                    return id == null ? volume : volume.withUuid(id.uuid());
                })
                .toList();
        return new Facts(
                osFamily, distribution, product, version, renamed, mounts, properties, warnings, growth, bootSigns);
    }

    /** The same of a medium without these partitions. */
    public Facts without(Set<Integer> partitions) {
        List<Volume> others = volumes.stream()
                .filter(volume -> !partitions.contains(volume.partition()))
                .toList();
        return new Facts(
                osFamily, distribution, product, version, others, mounts, properties, warnings, growth, bootSigns);
    }

    /** The same with other properties and warnings. */
    public Facts with(Map<String, String> otherProperties, List<String> otherWarnings) {
        return new Facts(
                osFamily,
                distribution,
                product,
                version,
                volumes,
                mounts,
                otherProperties,
                otherWarnings,
                growth,
                bootSigns);
    }

    /** The same of a guest whose root file system grows like this. */
    public Facts with(RootGrowth other) {
        return new Facts(
                osFamily, distribution, product, version, volumes, mounts, properties, warnings, other, bootSigns);
    }

    /** The same of a guest that shows so that it is up. */
    Facts showing(@Nullable String signs) {
        return new Facts(
                osFamily, distribution, product, version, volumes, mounts, properties, warnings, growth, signs);
    }

    /** Whether the guest is a Linux. */
    public boolean isLinux() {
        return osFamily.equals("linux");
    }
}
