package io.imagewright.sysprep;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.imagewright.guest.VolumeGroup;

/** What an operation may have to know of a medium beside the guest's tree. */
public interface MediumContext {

    /** Nothing is there but the tree. */
    MediumContext NONE = new MediumContext() {
        @Override
        public Set<Integer> removed() {
            return Set.of();
        }

        @Override
        public Map<String, String> find(Set<String> texts) {
            return Map.of();
        }

        @Override
        public boolean hasAppliance() {
            return false;
        }

        @Override
        public List<VolumeGroup> groups() {
            return List.of();
        }
    };

    /** Numbers of the partitions that the image will not have. */
    Set<Integer> removed();

    /**
     * Looks for texts in what a boot loader may read and the engine cannot change: the gap before the first partition, boot partitions, FAT. What
     * is compressed there is not seen.
     *
     * @param texts of ASCII; letters of either case are the same
     * @return those that are there, each with where, in words for people
     */
    Map<String, String> find(Set<String> texts);

    /** Whether the engine is libguestfs, which reaches every volume. */
    boolean hasAppliance();

    /** The volume groups of LVM that the engine reaches. */
    List<VolumeGroup> groups();
}
