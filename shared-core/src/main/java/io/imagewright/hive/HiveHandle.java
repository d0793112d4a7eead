package io.imagewright.hive;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import io.imagewright.error.ImageException;
import org.jspecify.annotations.Nullable;

/** An open hive of libhivex, with its answers in Java's types. It goes when it is closed, or when nobody knows it any longer. */
final class HiveHandle {

    /** Names on a path: Windows allows no deeper keys. */
    static final int MAX_DEPTH = 512;

    /** Of the values of one key together; libhivex copies them all when one is set. */
    private static final int LARGEST_VALUE = 16344;

    private static final Cleaner CLEANER = Cleaner.create();

    /** Offsets in a {@code hive_set_value}. */
    private static final int SET_VALUE = 32;

    private static final int TYPE = 8;
    private static final int LENGTH = 16;
    private static final int DATA = 24;

    private final Pointer opened;
    private final String subject;
    private final Cleaner.Cleanable closing;
    private boolean closed;

    /** @param subject how messages call the hive */
    HiveHandle(MemoryFile file, String subject) {
        LibHivex.require();
        this.subject = subject;
        Pointer hive = LibHivex.hivex_open(c(file.path().toString()), LibHivex.OPEN_WRITE);
        if (hive == null) {
            throw damaged("libhivex cannot open it");
        }
        this.opened = hive;
        this.closing = CLEANER.register(this, () -> LibHivex.hivex_close(hive));
    }

    long root() {
        return LibHivex.hivex_root(hive());
    }

    String name(long node) {
        return string(LibHivex.hivex_node_name(hive(), node));
    }

    List<Long> children(long node) {
        return numbers(LibHivex.hivex_node_children(hive(), node));
    }

    List<Long> values(long node) {
        return numbers(LibHivex.hivex_node_values(hive(), node));
    }

    String valueName(long value) {
        return string(LibHivex.hivex_value_key(hive(), value));
    }

    /** The key at this path, in any case. */
    Optional<Long> find(long from, String path) {
        long at = from;
        for (String name : names(path)) {
            at = child(at, name);
            if (at == 0) {
                return Optional.empty();
            }
        }
        return Optional.of(at);
    }

    /** The key at this path, made where it is missing. */
    long make(long from, String path) {
        long at = from;
        for (String name : names(path)) {
            long next = child(at, name);
            at = next != 0 ? next : LibHivex.hivex_node_add_child(hive(), at, c(name));
            if (at == 0) {
                throw damaged("libhivex cannot make the key " + path);
            }
        }
        return at;
    }

    private long child(long node, String name) {
        return LibHivex.hivex_node_get_child(hive(), node, c(name));
    }

    private List<String> names(String path) {
        List<String> names = List.of(path.split("\\\\", -1));
        if (names.size() > MAX_DEPTH || (names.contains("") && !path.isEmpty()) || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("no path of a key: " + path);
        }
        return path.isEmpty() ? List.of() : names;
    }

    HiveValue read(long value) {
        IntByReference type = new IntByReference();
        LongByReference length = new LongByReference();
        Pointer data = LibHivex.hivex_value_value(hive(), value, type, length);
        if (data == null) {
            throw damaged("one of its values cannot be read");
        }
        byte[] bytes = data.getByteArray(0, Math.toIntExact(length.getValue()));
        free(data);
        return HiveValue.of(valueName(value), type.getValue(), bytes);
    }

    /** Replaces all values of a key. */
    void setValues(long node, List<HiveValue> values) {
        Memory array = new Memory(Math.max(1, (long) SET_VALUE * values.size()));
        array.clear();
        List<Memory> kept = new ArrayList<>(); // until the call is over
        for (int i = 0; i < values.size(); i++) {
            HiveValue value = values.get(i);
            byte[] data = value.data();
            if (data.length > LARGEST_VALUE) {
                // it would have to be split, which libhivex does not do
                throw damaged("the key " + name(node) + " has a value of more than " + LARGEST_VALUE
                        + " bytes, so that libhivex cannot change it");
            }
            long at = (long) i * SET_VALUE;
            array.setPointer(at, memory(c(value.name()), kept));
            array.setInt(at + TYPE, value.type());
            array.setLong(at + LENGTH, data.length);
            array.setPointer(at + DATA, memory(data, kept));
        }
        try {
            if (LibHivex.hivex_node_set_values(hive(), node, values.size(), array, 0) != 0) {
                throw damaged("libhivex cannot set the values of the key " + name(node));
            }
        } finally {
            Reference.reachabilityFence(kept);
        }
    }

    private static Memory memory(byte[] bytes, List<Memory> kept) {
        Memory memory = new Memory(Math.max(1, bytes.length));
        memory.write(0, bytes, 0, bytes.length);
        kept.add(memory);
        return memory;
    }

    /** Removes a key with all below. */
    void delete(long node) {
        requireShallow(node, 0);
        if (LibHivex.hivex_node_delete_child(hive(), node) != 0) {
            throw damaged("libhivex cannot delete one of its keys");
        }
    }

    /** libhivex goes down by calling itself, and a forged hive may have no end. */
    private void requireShallow(long node, int depth) {
        if (depth > MAX_DEPTH) {
            throw damaged("its keys are more than " + MAX_DEPTH + " deep");
        }
        children(node).forEach(child -> requireShallow(child, depth + 1));
    }

    /** Writes the hive as it is now. */
    void commit(MemoryFile file) {
        if (LibHivex.hivex_commit(hive(), c(file.path().toString()), 0) != 0) {
            throw damaged("libhivex cannot write it");
        }
    }

    /** @throws IllegalStateException instead of a crash when it was closed */
    private Pointer hive() {
        if (closed) {
            throw new IllegalStateException("the hive " + subject + " is closed");
        }
        return opened;
    }

    void close() {
        closed = true;
        closing.clean();
    }

    private ImageException damaged(String reason) {
        return ImageException.of(
                ImageException.Kind.SOURCE,
                "Cannot use the registry hive " + subject,
                reason + " (error " + Native.getLastError() + ")",
                Hive.REPAIR);
    }

    private List<Long> numbers(@Nullable Pointer array) {
        if (array == null) {
            throw damaged("one of its keys cannot be read");
        }
        List<Long> numbers = new ArrayList<>();
        for (long at = 0, number = array.getLong(0); number != 0; number = array.getLong(at)) {
            numbers.add(number);
            at += Long.BYTES;
        }
        free(array);
        return numbers;
    }

    private String string(@Nullable Pointer text) {
        if (text == null) {
            throw damaged("one of its names cannot be read");
        }
        String string = text.getString(0, "UTF-8");
        free(text);
        return string;
    }

    private static void free(Pointer memory) {
        Native.free(Pointer.nativeValue(memory));
    }

    private static byte[] c(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
