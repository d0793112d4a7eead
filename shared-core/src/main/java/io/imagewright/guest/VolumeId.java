package io.imagewright.guest;

/**
 * The id that a volume gets instead of its own, once all changes to the guest's tree are made. No change of a path, so no {@link Change}.
 *
 * @param partition its number, as in {@link Volume}
 * @param uuid in lower case, with hyphens
 */
public record VolumeId(int partition, String uuid) {

    /** What happens to the volume, in a few words. */
    public String describe() {
        return "set the UUID to " + uuid;
    }
}
