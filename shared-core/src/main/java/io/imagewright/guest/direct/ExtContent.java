package io.imagewright.guest.direct;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;

/** The bytes of files, by inode number. */
final class ExtContent {

    private static final int CHUNK = 1 << 20;

    /** EXT2_SEEK_SET. */
    private static final int SEEK_SET = 0;

    private final ExtFileSystem fs;

    ExtContent(ExtFileSystem fs) {
        this.fs = fs;
    }

    byte[] read(int number, int length) {
        byte[] content = new byte[length];
        int done = read(number, 0, content, length);
        return done == length ? content : Arrays.copyOf(content, done);
    }

    /** Reads bytes from a place on; fewer than are wanted where the file ends. */
    int read(int number, long offset, byte[] into, int length) {
        try (Memory buffer = new Memory(Math.max(1, Math.min(length, CHUNK)))) {
            return withFile(number, 0, file -> {
                fs.check("seek in inode " + number, Ext2Library.ext2fs_file_llseek(file, offset, SEEK_SET, null));
                int done = 0;
                IntByReference got = new IntByReference();
                while (done < length) {
                    int count = Math.min(CHUNK, length - done);
                    fs.check("read inode " + number, Ext2Library.ext2fs_file_read(file, buffer, count, got));
                    if (got.getValue() == 0) {
                        break;
                    }
                    buffer.read(0, into, done, got.getValue());
                    done += got.getValue();
                }
                return done;
            });
        }
    }

    byte[] readLink(Inode inode) {
        int length = (int) Math.min(inode.length(), 4096);
        return Ext2Library.ext2fs_is_fast_symlink(inode.raw()) != 0
                ? Arrays.copyOf(inode.blockArea(), Math.min(length, 60))
                : read(inode.number(), length);
    }

    void setLength(int number, long length) {
        makeWritable(number);
        withFile(number, Ext2Library.FILE_WRITE, file -> {
            fs.check("set the length of inode " + number, Ext2Library.ext2fs_file_set_size2(file, length));
            return 0;
        });
    }

    /**
     * Libext2fs cannot cut what lies in an inode, and writes more of it than fits. With blocks of its own it is a file as any other.
     *
     * @throws ImageException SOURCE when fs-verity protects the file
     */
    private void makeWritable(int number) {
        Inode inode = fs.inode(number);
        if (inode.isProtected()) {
            throw fs.failure(
                    "change inode " + number,
                    "fs-verity protects it",
                    "Disable the operation that changes the file, or replace it in the guest by one that is not"
                            + " protected.");
        }
        if (inode.hasInlineData()) {
            fs.check("give blocks to inode " + number, Ext2Library.ext2fs_inline_data_expand(fs.handle(), number));
        }
    }

    void write(int number, byte[] content) {
        setLength(number, content.length);
        overwrite(number, content.length, (buffer, offset, length) -> buffer.write(0, content, (int) offset, length));
    }

    /** Gives an inode the content of a file of this machine, which must have this many bytes. */
    void write(int number, Path source, long length) {
        setLength(number, 0);
        try (InputStream in = Files.newInputStream(source)) {
            overwrite(number, length, (buffer, offset, count) -> buffer.write(0, exactly(in, count, source), 0, count));
            if (in.read() >= 0) {
                throw changed(source);
            }
        } catch (IOException failure) {
            throw FileFailure.unreadable(ImageException.Kind.ENVIRONMENT, source, failure);
        }
    }

    private static byte[] exactly(InputStream in, int count, Path source) {
        try {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length < count) {
                throw changed(source);
            }
            return bytes;
        } catch (IOException failure) {
            throw FileFailure.unreadable(ImageException.Kind.ENVIRONMENT, source, failure);
        }
    }

    private static ImageException changed(Path source) {
        return ImageException.of(
                ImageException.Kind.ENVIRONMENT,
                "Cannot copy " + source + " into the guest",
                "it changed while the image was built",
                "Build again.");
    }

    /** Writes zeros over the whole content. */
    void zero(int number, long length) {
        setLength(number, length);
        overwrite(number, length, (buffer, offset, count) -> buffer.setMemory(0, count, (byte) 0));
    }

    private interface Filler {
        void fill(Memory buffer, long offset, int length);
    }

    private void overwrite(int number, long length, Filler filler) {
        if (length == 0) {
            return;
        }
        try (Memory buffer = new Memory(CHUNK)) {
            withFile(number, Ext2Library.FILE_WRITE, file -> {
                IntByReference written = new IntByReference();
                for (long done = 0; done < length; done += written.getValue()) {
                    int count = (int) Math.min(CHUNK, length - done);
                    filler.fill(buffer, done, count);
                    fs.check("write inode " + number, Ext2Library.ext2fs_file_write(file, buffer, count, written));
                    if (written.getValue() == 0) {
                        throw fs.failure("write inode " + number, "nothing was written");
                    }
                }
                return 0;
            });
        }
    }

    private interface FileWork {
        int run(Pointer file);
    }

    private int withFile(int number, int flags, FileWork work) {
        PointerByReference file = new PointerByReference();
        fs.check("open inode " + number, Ext2Library.ext2fs_file_open(fs.handle(), number, flags, file));
        try {
            return work.run(file.getValue());
        } finally {
            fs.check("close inode " + number, Ext2Library.ext2fs_file_close(file.getValue()));
        }
    }
}
