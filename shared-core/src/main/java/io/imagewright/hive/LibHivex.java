package io.imagewright.hive;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import io.imagewright.error.ImageException;
import io.imagewright.exec.NativeCode;
import org.jspecify.annotations.Nullable;

/**
 * The functions of {@code libhivex.so.0} that are called here, under their own names; hivex(3) says what they do. Nodes and values are
 * numbers, 0 for none. 64-bit Linux, where {@code size_t} is Java's {@code long}.
 */
final class LibHivex {

    static final int OPEN_WRITE = 4;

    private static final String NAME = "libhivex.so.0";

    private static final boolean LOADED = load();

    private LibHivex() {}

    private static boolean load() {
        try {
            NativeCode.load(NAME);
            Native.register(LibHivex.class, NativeLibrary.getInstance(NAME));
            return true;
        } catch (UnsatisfiedLinkError missing) {
            return false;
        }
    }

    /** @throws ImageException ENVIRONMENT when the library is not there */
    static void require() {
        if (!LOADED) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Cannot read the registry of a Windows guest",
                    "the library " + NAME + " is missing",
                    "Install the package libhivex0.");
        }
    }

    static native @Nullable Pointer hivex_open(byte[] file, int flags);

    static native int hivex_close(Pointer hive);

    static native int hivex_commit(Pointer hive, byte[] file, int flags);

    static native long hivex_root(Pointer hive);

    static native @Nullable Pointer hivex_node_name(Pointer hive, long node);

    static native @Nullable Pointer hivex_node_children(Pointer hive, long node);

    static native long hivex_node_get_child(Pointer hive, long node, byte[] name);

    static native long hivex_node_add_child(Pointer hive, long parent, byte[] name);

    static native int hivex_node_delete_child(Pointer hive, long node);

    static native @Nullable Pointer hivex_node_values(Pointer hive, long node);

    static native @Nullable Pointer hivex_value_key(Pointer hive, long value);

    static native int hivex_value_type(Pointer hive, long value, IntByReference type, LongByReference length);

    static native @Nullable Pointer hivex_value_value(
            Pointer hive, long value, IntByReference type, LongByReference length);

    /** Replaces all values of a key by an array of {@code hive_set_value}. */
    static native int hivex_node_set_values(Pointer hive, long node, long count, Pointer values, int flags);
}
