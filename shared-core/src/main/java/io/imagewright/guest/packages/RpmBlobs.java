package io.imagewright.guest.packages;

import java.util.function.IntFunction;

/** Takes the headers that a database of rpm holds, one after the other. */
interface RpmBlobs {

    /**
     * One of them.
     *
     * @param size bytes of the whole header
     * @param first gives as many bytes of its start as it is asked for, as long as this call lasts
     */
    void take(long size, IntFunction<byte[]> first);
}
