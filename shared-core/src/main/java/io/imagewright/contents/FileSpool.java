package io.imagewright.contents;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.FileType;
import io.imagewright.guest.GuestPath;

/** All files of a guest in a file, in path order, to be read one by one however many there are. */
public final class FileSpool {

    /** Its name in the directory of whoever writes it. */
    public static final String NAME = "files.spool";

    /** Bytes of a name or a link's target; Linux allows 255 and 4096, a file system made by hand some more. */
    private static final int LONGEST = 1 << 17;

    /** Names of a path. */
    private static final int DEEPEST = 1 << 14;

    private FileSpool() {}

    /** Writes files, which come in path order. Not thread-safe. */
    public static final class Writer implements AutoCloseable {

        private final DataOutputStream out;

        /** Begins the file, which must not be there yet. */
        public Writer(Path file) throws IOException {
            this.out = new DataOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), 1 << 16));
        }

        /** The next file. */
        public void add(FileRecord file) throws IOException {
            GuestPath path = file.path();
            out.writeInt(path.depth());
            for (int i = 0; i < path.depth(); i++) {
                bytes(path.nameBytes(i));
            }
            FileStat stat = file.stat();
            out.writeUTF(stat.type().name());
            out.writeShort(stat.permissions());
            out.writeInt(stat.owner());
            out.writeInt(stat.group());
            out.writeLong(stat.size());
            out.writeLong(stat.modified());
            out.writeLong(stat.inode());
            out.writeInt(stat.links());
            bytes(file.target().toArray());
        }

        private void bytes(byte[] bytes) throws IOException {
            out.writeInt(bytes.length);
            out.write(bytes);
        }

        /** Ends the file. */
        @Override
        public void close() throws IOException {
            try (out) {
                out.writeInt(-1);
            }
        }
    }

    /** Reads files in path order. Not thread-safe. */
    public static final class Reader implements AutoCloseable {

        private final DataInputStream in;
        private GuestPath last = GuestPath.ROOT;

        /** Begins at the first one. */
        public Reader(Path file) throws IOException {
            this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        }

        /**
         * The next file; empty behind the last.
         *
         * @throws IOException also when the file is cut or no such list
         */
        public Optional<FileRecord> next() throws IOException {
            int depth = in.readInt();
            if (depth < 0) {
                return Optional.empty();
            }
            GuestPath path = path(depth);
            if (path.compareTo(last) <= 0) {
                throw new IOException("a list of files is out of order");
            }
            last = path;
            FileStat stat = new FileStat(
                    type(),
                    in.readUnsignedShort(),
                    in.readInt(),
                    in.readInt(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readInt());
            return Optional.of(new FileRecord(path, stat, Bytes.of(bytes())));
        }

        private GuestPath path(int depth) throws IOException {
            if (depth > DEEPEST) {
                throw new IOException("a list of files has a path of " + depth + " names");
            }
            GuestPath path = GuestPath.ROOT;
            try {
                for (int i = 0; i < depth; i++) {
                    path = path.child(bytes());
                }
            } catch (IllegalArgumentException odd) {
                throw new IOException("a list of files names what is no path", odd);
            }
            return path;
        }

        private FileType type() throws IOException {
            String name = in.readUTF();
            try {
                return FileType.valueOf(name);
            } catch (IllegalArgumentException odd) {
                throw new IOException("a list of files names a type that there is not", odd);
            }
        }

        private byte[] bytes() throws IOException {
            int length = in.readInt();
            if (length < 0 || length > LONGEST) {
                throw new IOException("a list of files has a text of " + length + " bytes");
            }
            byte[] bytes = in.readNBytes(length);
            if (bytes.length != length) {
                throw new IOException("a list of files ends in the middle");
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
