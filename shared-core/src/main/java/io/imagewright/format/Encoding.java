package io.imagewright.format;

import java.util.List;

/**
 * How the bytes of an output are made, with all that they depend on: outputs whose encodings are equal get the same
 * bytes, which are made once. A record.
 */
interface Encoding {

    /** The programs that it runs. */
    default List<String> programs() {
        return List.of();
    }

    /** Whether it is made of the raw disk when that is whole, and not while the disk is read. */
    default boolean isConverted() {
        return false;
    }

    /** How many files there are while it is written, beside the output itself and the raw disk. */
    default int workFiles() {
        return 0;
    }

    /** Begins to write. */
    OutputWriter open(WriterSetup setup);
}
