package io.imagewright.guest;

import java.util.List;
import java.util.function.Consumer;

/** Work on whole volumes by an engine that has them: no guest of it is open meanwhile. Not thread-safe. */
public interface VolumeWork {

    /**
     * Empties what the file systems do not use.
     *
     * @param warnings receives what could not be emptied
     */
    void clean(Consumer<String> warnings);

    /**
     * Gives volumes other ids.
     *
     * @param ids of the engine's volumes
     * @throws io.imagewright.error.ImageException SOURCE when a tool refuses it
     */
    void identify(List<VolumeId> ids);

    /**
     * Makes what a partition holds as small as it goes.
     *
     * @param number of a volume of a type that the engine can shrink
     * @param free bytes to leave free in it
     * @return bytes that the partition needs from now on
     * @throws io.imagewright.error.ImageException SOURCE when its tools refuse it
     */
    long shrink(int number, long free);
}
