package io.imagewright.guest;

import java.util.Set;

/**
 * What a kind of engine can do, known before one is started.
 *
 * @param name the user's word for it
 * @param mounts whether a kernel mounts the guest's file systems: then it reaches what Linux can mount, changes files on FAT, and runs
 *     programs of the guest
 * @param shrinkable types of volumes that its {@link Engine#volumeWork} makes small
 */
public record EngineTraits(String name, boolean mounts, Set<String> shrinkable) {

    /** Copies the set. */
    public EngineTraits {
        shrinkable = Set.copyOf(shrinkable);
    }
}
