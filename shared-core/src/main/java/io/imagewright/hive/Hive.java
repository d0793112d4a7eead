package io.imagewright.hive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.imagewright.error.ImageException;

/**
 * A registry hive, in memory. What is read is what was edited already. The same edits of the same hive give the same bytes: keys keep their
 * times, and new ones get that of the key they are in. Not thread-safe.
 */
public final class Hive implements AutoCloseable {

    /** Bytes; the largest ones of real systems, SOFTWARE of old servers, have some 200 MiB. */
    public static final long MAX_SIZE = 512L << 20;

    static final String REPAIR =
            "Let Windows repair it (boot the guest once and shut it down), or give another medium.";

    private static final String CURRENT = "CurrentControlSet";

    private final HiveHandle handle;
    private final String subject;
    private final boolean dirty;
    private boolean edited;

    private Hive(HiveHandle handle, String subject, boolean dirty) {
        this.handle = handle;
        this.subject = subject;
        this.dirty = dirty;
    }

    /**
     * Reads a hive.
     *
     * @param size bytes
     * @param subject how messages call it
     * @throws ImageException SOURCE when it is damaged or too large, ENVIRONMENT when libhivex is missing
     */
    public static Hive open(InputStream content, long size, String subject) {
        LibHivex.require();
        if (size > MAX_SIZE) {
            throw unusable(subject, size + " bytes are more than the " + MAX_SIZE + " that make sense");
        }
        try (MemoryFile file = MemoryFile.create()) {
            file.fill(content, size);
            try (FileChannel channel = file.open()) {
                boolean dirty = HiveCells.check(channel);
                return new Hive(new HiveHandle(file, subject), subject, dirty);
            }
        } catch (IOException failure) {
            throw unusable(subject, String.valueOf(failure.getMessage()));
        } catch (HiveCells.Damaged damaged) {
            throw unusable(subject, String.valueOf(damaged.getMessage()));
        }
    }

    private static ImageException unusable(String subject, String reason) {
        return ImageException.of(ImageException.Kind.SOURCE, "Cannot use the registry hive " + subject, reason, REPAIR);
    }

    /** Whether Windows was not shut down properly: its last changes are in log files beside the hive, and not seen here. */
    public boolean isDirty() {
        return dirty;
    }

    /** The key at this path, as in {@link HiveEdit}; the empty path is the root. */
    public Optional<HiveKey> key(String path) {
        return handle.find(handle.root(), canonical(path)).map(node -> new HiveKey(handle, node));
    }

    /** A value of the key at this path. */
    public Optional<HiveValue> value(String key, String name) {
        return key(key).flatMap(found -> found.value(name));
    }

    /** Whether an edit has changed anything. */
    public boolean isEdited() {
        return edited;
    }

    /** Whether an edit would change anything. */
    public boolean isChangedBy(HiveEdit edit) {
        Optional<HiveKey> key = key(edit.key());
        if (edit instanceof HiveEdit.SetValue set) {
            return !key.flatMap(found -> found.value(set.value().name())).equals(Optional.of(set.value()));
        }
        return edit instanceof HiveEdit.DeleteValue delete
                ? key.flatMap(found -> found.value(delete.name())).isPresent()
                : key.isPresent();
    }

    /**
     * Makes an edit.
     *
     * @throws ImageException SOURCE when libhivex cannot
     */
    public void apply(HiveEdit edit) {
        if (!isChangedBy(edit)) {
            return;
        }
        edited = true;
        String path = canonical(edit.key());
        if (edit instanceof HiveEdit.SetValue set) {
            long node = handle.make(handle.root(), path);
            List<HiveValue> values = others(node, set.value().name());
            values.add(set.value());
            handle.setValues(node, values);
        } else if (edit instanceof HiveEdit.DeleteValue delete) {
            handle.find(handle.root(), path).ifPresent(node -> handle.setValues(node, others(node, delete.name())));
        } else {
            handle.find(handle.root(), path).ifPresent(handle::delete);
        }
    }

    private List<HiveValue> others(long node, String name) {
        List<HiveValue> values = new ArrayList<>(new HiveKey(handle, node).values());
        values.removeIf(value -> value.name().equalsIgnoreCase(name));
        return values;
    }

    /** The control set that Windows boots with in the place of the link that only a running system has. */
    private String canonical(String path) {
        String[] names = path.split("\\\\", 2);
        if (!names[0].equalsIgnoreCase(CURRENT)
                || handle.find(handle.root(), CURRENT).isPresent()) {
            return path;
        }
        long number = handle.find(handle.root(), "Select")
                .flatMap(node -> new HiveKey(handle, node).value("Current"))
                .filter(value -> value.number().isPresent())
                .map(value -> value.number().getAsLong())
                .filter(known -> known > 0 && known < 1000)
                .orElse(1L);
        String set = String.format(Locale.ROOT, "ControlSet%03d", number);
        return names.length == 1 ? set : set + "\\" + names[1];
    }

    /** The hive as it is now, as a file; what was deleted is overwritten in it. */
    public MemoryFile save() {
        MemoryFile file = MemoryFile.create();
        handle.commit(file);
        try (FileChannel channel = file.open()) {
            HiveCells.wipe(channel);
            return file;
        } catch (IOException | HiveCells.Damaged failure) {
            file.close();
            throw unusable(subject, "what libhivex writes is no sound hive: " + failure.getMessage());
        }
    }

    @Override
    public void close() {
        handle.close();
    }
}
