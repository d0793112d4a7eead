package io.imagewright.sysprep;

import java.util.List;

/**
 * What an operation takes away.
 *
 * @param files deleted, or emptied; of any type but directories
 * @param bytes content of regular files
 * @param places directories that lost most bytes by it, at most {@value #MAX_PLACES}. Each is one that the prepared guest still has: what is deleted is
 *     not named, as an image's manifest goes where the image goes
 */
public record Removed(long files, long bytes, List<String> places) {

    /** Places that are named. */
    public static final int MAX_PLACES = 20;

    /** Nothing. */
    public static final Removed NOTHING = new Removed(0, 0, List.of());

    /** Copies the list. */
    public Removed {
        places = List.copyOf(places);
    }
}
