package io.imagewright.guest.direct;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import io.imagewright.guest.Bytes;

/** Extended attributes, by inode number. */
final class ExtAttributes {

    private static final String ACL = "system.posix_acl_";

    /** What the feature inline_data keeps of a file's content among its attributes. The kernel does not show it. */
    private static final String INLINE = "system.data";

    private final ExtFileSystem fs;

    ExtAttributes(ExtFileSystem fs) {
        this.fs = fs;
    }

    Map<String, Bytes> read(int number) {
        Map<String, Bytes> result = new TreeMap<>();
        with(number, xattrs -> {
            long error = Ext2Library.ext2fs_xattrs_iterate(
                    xattrs,
                    (name, value, length, data) -> {
                        result.put(name.getString(0, "UTF-8"), Bytes.of(value.getByteArray(0, (int) length)));
                        return 0;
                    },
                    null);
            result.remove(INLINE);
            // only when asked for by name are ACLs in the form that the kernel gives, and that set takes
            result.keySet().stream()
                    .filter(name -> name.startsWith(ACL))
                    .forEach(name -> result.put(name, get(xattrs, name)));
            return error;
        });
        return result;
    }

    private Bytes get(Pointer xattrs, String name) {
        PointerByReference value = new PointerByReference();
        LongByReference length = new LongByReference();
        byte[] key = ExtFileSystem.cString(name.getBytes(StandardCharsets.UTF_8));
        fs.check("read the attribute " + name, Ext2Library.ext2fs_xattr_get(xattrs, key, value, length));
        try {
            return Bytes.of(value.getValue().getByteArray(0, (int) length.getValue()));
        } finally {
            Ext2Library.ext2fs_free_mem(value);
        }
    }

    void set(int number, String name, Bytes value) {
        with(number, xattrs -> set(xattrs, name, value));
    }

    /** Sets an attribute; false when it is larger than an inode can have, or an ACL that is not valid. */
    boolean keeps(int number, String name, Bytes value) {
        AtomicBoolean kept = new AtomicBoolean(true);
        with(number, xattrs -> {
            long error = set(xattrs, name, value);
            kept.set(!Ext2Library.XATTR_REFUSED.contains(error));
            return kept.get() ? error : 0;
        });
        return kept.get();
    }

    private static long set(Pointer xattrs, String name, Bytes value) {
        byte[] key = ExtFileSystem.cString(name.getBytes(StandardCharsets.UTF_8));
        return Ext2Library.ext2fs_xattr_set(xattrs, key, value.toArray(), value.size());
    }

    void remove(int number, String name) {
        byte[] key = ExtFileSystem.cString(name.getBytes(StandardCharsets.UTF_8));
        with(number, xattrs -> {
            long error = Ext2Library.ext2fs_xattr_remove(xattrs, key);
            return error == Ext2Library.XATTR_NOT_FOUND ? 0 : error;
        });
    }

    private interface Work {
        long run(Pointer xattrs);
    }

    private void with(int number, Work work) {
        PointerByReference xattrs = new PointerByReference();
        fs.check("open attributes of inode " + number, Ext2Library.ext2fs_xattrs_open(fs.handle(), number, xattrs));
        try {
            fs.check("read attributes of inode " + number, Ext2Library.ext2fs_xattrs_read(xattrs.getValue()));
            fs.check("use attributes of inode " + number, work.run(xattrs.getValue()));
        } finally {
            fs.check("close attributes of inode " + number, Ext2Library.ext2fs_xattrs_close(xattrs));
        }
    }
}
