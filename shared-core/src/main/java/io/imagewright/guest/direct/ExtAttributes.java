package io.imagewright.guest.direct;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.imagewright.guest.Bytes;

/** Extended attributes, by inode number. */
final class ExtAttributes {

    private final ExtFileSystem fs;

    ExtAttributes(ExtFileSystem fs) {
        this.fs = fs;
    }

    Map<String, Bytes> read(int number) {
        Map<String, Bytes> result = new TreeMap<>();
        with(
                number,
                xattrs -> Ext2Library.ext2fs_xattrs_iterate(
                        xattrs,
                        (name, value, length, data) -> {
                            result.put(name.getString(0, "UTF-8"), Bytes.of(value.getByteArray(0, (int) length)));
                            return 0;
                        },
                        null));
        return result;
    }

    void set(int number, String name, Bytes value) {
        byte[] key = ExtFileSystem.cString(name.getBytes(StandardCharsets.UTF_8));
        with(number, xattrs -> Ext2Library.ext2fs_xattr_set(xattrs, key, value.toArray(), value.size()));
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
