package io.imagewright.format;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.exec.NativeCode;

/**
 * The functions of zlib that compress; zlib.h says what they do. {@code java.util.zip.Deflater} does not serve: its window of 32 KiB is
 * fixed, and qemu inflates with a window of 4 KiB.
 */
final class LibZ {

    /** {@code sizeof(z_stream)} where pointers and {@code long} have 64 bits; the offsets below are those of its fields there. */
    static final int STREAM_SIZE = 112;

    static final int NEXT_IN = 0;
    static final int AVAILABLE_IN = 8;
    static final int NEXT_OUT = 24;
    static final int AVAILABLE_OUT = 32;

    static final int OK = 0;
    static final int STREAM_END = 1;

    /** Flush mode: all input is there. */
    static final int FINISH = 4;

    /** Method. */
    static final int DEFLATED = 8;

    /** {@code Z_DEFAULT_STRATEGY}. */
    static final int DEFAULT_STRATEGY = 0;

    private static final String LIBRARY = "libz.so.1";
    private static boolean loaded;

    private LibZ() {}

    /**
     * Must have been called before any other function.
     *
     * @throws ImageException ENVIRONMENT when the library is not installed
     */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        try {
            NativeCode.load(LIBRARY);
            Native.register(LibZ.class, NativeLibrary.getInstance(LIBRARY));
            loaded = true;
        } catch (UnsatisfiedLinkError e) {
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot compress a qcow2 image",
                    "the library " + LIBRARY + " is not there",
                    "Install it (Debian: zlib1g, Fedora: zlib), or set compression to zstd or off.",
                    e);
        }
    }

    static native String zlibVersion();

    static native int deflateInit2_(
            Pointer stream,
            int level,
            int method,
            int windowBits,
            int memoryLevel,
            int strategy,
            String version,
            int streamSize);

    static native int deflate(Pointer stream, int flush);

    static native int deflateReset(Pointer stream);

    static native int deflateEnd(Pointer stream);
}
