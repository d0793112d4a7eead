package io.imagewright.guest;

import java.util.Set;

/**
 * A volume group of LVM.
 *
 * @param uuid as LVM writes it
 * @param members numbers of its physical volumes, of those that are there
 * @param obstacle why its ids cannot be changed, as in "it has thin volumes"; empty when they can
 */
public record VolumeGroup(String name, String uuid, Set<Integer> members, String obstacle) {

    /** Copies the numbers. */
    public VolumeGroup {
        members = Set.copyOf(members);
    }
}
