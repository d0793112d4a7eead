package io.imagewright.guest.libguestfs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeGroup;

/** Reads what lvm(8) prints of volume groups. */
final class VolumeGroups {

    /** What vgcfgrestore(8) takes without being forced, and this kernel activates. */
    private static final Set<String> PLAIN = Set.of("linear", "striped");

    private VolumeGroups() {}

    /**
     * Reads lines {@code member PV-id name id missing exported}, {@code exported} there or not, and {@code volume group-id type active}.
     *
     * @param volumes of the disks
     */
    static List<VolumeGroup> parse(String text, List<Volume> volumes) {
        Map<String, Integer> numbers = new HashMap<>();
        volumes.stream()
                .filter(Volume::isPhysicalVolume)
                .forEach(volume -> numbers.put(volume.uuid(), volume.partition()));
        Map<String, Set<Integer>> members = new TreeMap<>();
        Map<String, String> names = new TreeMap<>();
        Map<String, String> obstacles = new HashMap<>();
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split(" ", -1);
            if (words[0].equals("member") && words.length >= 5) {
                String id = words[3];
                names.put(id, words[2]);
                Integer number = numbers.get(words[1]);
                Set<Integer> known = members.computeIfAbsent(id, group -> new HashSet<>());
                if (number == null || !words[4].equals("0")) {
                    obstacles.put(id, "not all of it is there");
                } else {
                    known.add(number);
                }
                if (words.length > 5) {
                    obstacles.put(id, "it is exported");
                }
            } else if (words[0].equals("volume") && words.length >= 3) {
                if (!PLAIN.contains(words[2])) {
                    obstacles.put(words[1], "it has a logical volume of the type " + words[2]);
                } else if (words.length < 4 || !words[3].equals("active")) {
                    obstacles.put(words[1], "it has a logical volume that cannot be activated");
                }
            }
        }
        List<VolumeGroup> groups = new ArrayList<>();
        names.forEach((id, name) -> {
            boolean alone = names.values().stream().filter(name::equals).count() == 1;
            groups.add(new VolumeGroup(
                    name,
                    id,
                    members.getOrDefault(id, Set.of()),
                    alone ? obstacles.getOrDefault(id, "") : "another group has the same name"));
        });
        return groups;
    }
}
