package io.imagewright.guest.direct;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.sun.jna.ptr.IntByReference;
import io.imagewright.disk.Piece;
import io.imagewright.disk.SparseCopy;
import io.imagewright.disk.SparseFile;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.FileType;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.TreeMember;

/**
 * Fills a fresh ext2/3/4 file system with a tree: owners, modes, times, attributes, hard links and devices as they are given. Blocks are allocated through
 * libext2fs; the contents are then written straight to their places. Not thread-safe.
 */
public final class ExtPopulation implements AutoCloseable {

    private static final int PIECE = 1 << 20;

    /** The directory that mke2fs makes, and e2fsck wants. */
    private static final GuestPath LOST_AND_FOUND = GuestPath.of("lost+found");

    /** EXT4_LINK_MAX and EXT2_LINK_MAX of Linux. */
    private static final int MOST_LINKS_EXT4 = 65_000;

    private static final int MOST_LINKS_EXT2 = 32_000;

    /** Bytes of a file: an extent counts blocks with 32 bits. */
    private static final long LONGEST_EXT4 = (16L << 40) - (1 << 12);

    /** Linux counts sectors of 512 bytes with 32 bits without huge_file, those of the blocks of pointers included. */
    private static final long LONGEST_EXT2 = (2L << 40) - (4L << 30);

    /** Seconds that an inode of 256 bytes can keep: 34 bits, from 1901 on. */
    private static final long EARLIEST = Integer.MIN_VALUE;

    private static final long LATEST = EARLIEST + (1L << 34) - 1;

    private final ExtFileSystem fs;
    private final int mostLinks;
    private final long longest;
    private final Map<TreeMember.Identity, Integer> links = new HashMap<>();
    private final List<NewDirectory> directories = new ArrayList<>();
    private final List<Piece> contents = new ArrayList<>();
    private long nextBlock = -1;

    private ExtPopulation(ExtFileSystem fs) {
        this.fs = fs;
        boolean extents = fs.superblock().has(ExtFeature.EXTENT);
        this.mostLinks = extents ? MOST_LINKS_EXT4 : MOST_LINKS_EXT2;
        this.longest = extents ? LONGEST_EXT4 : LONGEST_EXT2;
    }

    /**
     * Opens a file system that mke2fs has made.
     *
     * @param file holds it and nothing else
     * @param subject how to name it to the user
     * @param now seconds since the epoch for what the library dates
     */
    public static ExtPopulation open(Path file, String subject, long now) {
        return new ExtPopulation(ExtFileSystem.open(file, 0, subject, true, Math.max(1, now)));
    }

    /** Blocks of a file system that nothing uses, those kept for root included. */
    public static long freeBlocks(Path file, String subject) {
        return Superblock.read(file, 0, subject).freeBlocks();
    }

    /**
     * Adds a file; its directory was added before, the root first of all.
     *
     * @throws ImageException SOURCE when the file system is full, or cannot keep the file as it is
     */
    public void add(TreeMember member) {
        GuestPath path = member.path();
        try {
            int number = make(member);
            if (number != 0) {
                finish(member, number);
            }
        } catch (ImageException failure) {
            throw failure.about(List.of(path.toString()));
        }
    }

    /** Gives the number of the new inode; 0 for a further name of one that is there. */
    private int make(TreeMember member) {
        GuestPath path = member.path();
        if (path.depth() == 0) {
            NewDirectory root = directory(ExtFileSystem.ROOT, ExtFileSystem.ROOT);
            byte[] name = LOST_AND_FOUND.nameBytes(0);
            root.add(name, fs.directories().lookup(ExtFileSystem.ROOT, name).orElseThrow(), FileType.DIRECTORY);
            directories.add(root);
            return ExtFileSystem.ROOT;
        }
        NewDirectory parent = directories.get(path.depth() - 1);
        byte[] name = path.nameBytes(path.depth() - 1);
        if (path.equals(LOST_AND_FOUND)) {
            return enterLostAndFound(member, parent);
        }
        boolean linked = member.stat().links() > 1 && !member.stat().isDirectory();
        Integer first = linked ? links.get(member.identity()) : null;
        if (first != null) {
            parent.add(name, first, member.stat().type());
            return 0;
        }
        if (linked && member.stat().links() > mostLinks) {
            throw cannotKeep(path, "it has " + member.stat().links() + " names");
        }
        int number = makeInode(member, parent);
        parent.add(name, number, member.stat().type());
        if (member.stat().isDirectory()) {
            enter(path, number, parent);
        }
        if (linked) {
            links.put(member.identity(), number);
        }
        return number;
    }

    private int enterLostAndFound(TreeMember member, NewDirectory root) {
        if (!member.stat().isDirectory()) {
            throw cannotKeep(member.path(), "it is no directory");
        }
        int number = fs.directories()
                .lookup(ExtFileSystem.ROOT, LOST_AND_FOUND.nameBytes(0))
                .orElseThrow();
        enter(member.path(), number, root);
        return number;
    }

    private NewDirectory directory(int number, int parent) {
        Superblock superblock = fs.superblock();
        return new NewDirectory(number, parent, superblock.blockSize(), superblock.has(ExtFeature.METADATA_CSUM));
    }

    /** Members come in path order: what is deeper belongs to directories that are done. */
    private void enter(GuestPath path, int number, NewDirectory parent) {
        countDirectory(parent, path);
        finishDirectories(path.depth());
        directories.add(directory(number, parent.number()));
    }

    private void finishDirectories(int depth) {
        List<NewDirectory> done = directories.subList(depth, directories.size());
        done.forEach(this::write);
        done.clear();
    }

    private void write(NewDirectory directory) {
        int number = directory.number();
        long blockSize = fs.superblock().blockSize();
        int there = (int) (fs.inode(number).length() / blockSize);
        List<byte[]> blocks = directory.blocks(there);
        if (blocks.size() > there) {
            fallocate(number, -1, there, blocks.size() - there);
        }
        Inode inode = fs.inode(number);
        inode.setLength(blocks.size() * blockSize);
        fs.write(inode);
        for (Piece piece : fs.blocks().of(inode)) {
            for (long done = 0; done < piece.length(); done += blockSize) {
                byte[] block = blocks.get((int) ((piece.offset() + done) / blockSize));
                long at = (piece.fileOffset() + done) / blockSize;
                fs.check(
                        "write directory " + number,
                        Ext2Library.ext2fs_write_dir_block4(fs.handle(), at, block, 0, number));
            }
        }
    }

    /** Gives the number of a new inode without a name. */
    private int makeInode(TreeMember member, NewDirectory parent) {
        if (member.stat().isDirectory()) {
            int number = allocate(parent.number(), 0040755);
            fs.check("make a directory", Ext2Library.ext2fs_mkdir(fs.handle(), parent.number(), number, null));
            return number;
        }
        if (member.stat().isSymlink()) {
            int number = allocate(parent.number(), 0120777);
            byte[] target = ExtFileSystem.cString(member.target().toArray());
            fs.check(
                    "make a symbolic link",
                    Ext2Library.ext2fs_symlink(fs.handle(), parent.number(), number, null, target));
            return number;
        }
        Inode inode = fs.makeFile(parent.number(), 0, 0, 0);
        inode.setMode(modeOf(member));
        if (!member.stat().isRegular()) {
            inode.dropExtents();
            inode.setDevice(member.major(), member.minor());
        }
        fs.write(inode);
        return inode.number();
    }

    private static int modeOf(TreeMember member) {
        int kind = switch (member.stat().type()) {
            case REGULAR -> 0100000;
            case DIRECTORY -> 0040000;
            case SYMLINK -> 0120000;
            case CHARACTER_DEVICE -> 0020000;
            case BLOCK_DEVICE -> 0060000;
            case FIFO -> 0010000;
            case SOCKET -> 0140000;
        };
        return kind | member.stat().permissions();
    }

    private int allocate(int parent, int mode) {
        IntByReference number = new IntByReference();
        fs.check("allocate an inode", Ext2Library.ext2fs_new_inode(fs.handle(), parent, mode, null, number));
        return number.getValue();
    }

    /** The library counts the links of a directory without an end; of more, ext4 keeps a 1. */
    private void countDirectory(NewDirectory parent, GuestPath path) {
        int count = parent.addLink();
        if (count > mostLinks) {
            if (mostLinks == MOST_LINKS_EXT2) {
                throw cannotKeep(path, "its directory has " + (count - 2) + " directories");
            }
            Inode inode = fs.inode(parent.number());
            inode.setLinks(1);
            fs.write(inode);
        }
    }

    private ImageException cannotKeep(GuestPath path, String why) {
        return ImageException.of(
                ImageException.Kind.SOURCE,
                "Cannot write " + path + " to " + fs.subject(),
                why + "; its type does not allow that",
                "Change the tree.");
    }

    private void finish(TreeMember member, int number) {
        if (member.stat().size() > longest && member.stat().isRegular()) {
            throw cannotKeep(member.path(), "it is " + member.stat().size() + " bytes long, more than " + longest);
        }
        for (Map.Entry<String, Bytes> attribute : member.attributes().entrySet()) {
            if (!fs.attributes().keeps(number, attribute.getKey(), attribute.getValue())) {
                throw cannotKeep(
                        member.path(),
                        "its attribute " + attribute.getKey() + " of "
                                + attribute.getValue().size() + " bytes is too large or not valid");
            }
        }
        if (member.stat().isRegular() && !member.data().isEmpty()) {
            allocate(member, number);
        }
        Inode inode = fs.inode(number);
        if (!member.stat().isDirectory()) {
            inode.setLinks(member.stat().links());
        }
        if (member.stat().isRegular()) {
            inode.setLength(member.stat().size());
        }
        if (!member.stat().isSymlink()) {
            inode.setPermissions(member.stat().permissions());
        }
        inode.setOwner(member.stat().owner(), member.stat().group());
        long time = Math.max(EARLIEST, Math.min(member.stat().modified(), LATEST));
        inode.setTimes(time, member.stat().nanoseconds());
        fs.write(inode);
        if (member.stat().isRegular() && !member.data().isEmpty()) {
            place(member, inode);
        }
    }

    /** Gives a file the blocks of its data, in one run where there is one. */
    private void allocate(TreeMember member, int number) {
        long blockSize = fs.superblock().blockSize();
        long done = 0;
        for (Piece piece : member.data()) {
            long first = Math.max(done, piece.offset() / blockSize);
            long end = (piece.offset() + piece.length() + blockSize - 1) / blockSize;
            if (end > first) {
                fallocate(number, nextBlock, first, end - first);
                done = end;
            }
        }
    }

    private void fallocate(int number, long goal, long first, long count) {
        fs.check(
                "write",
                Ext2Library.ext2fs_fallocate(
                        fs.handle(), Ext2Library.BLOCKS_WRITTEN, number, null, goal, first, count));
    }

    /** Notes where the data of a file goes. */
    private void place(TreeMember member, Inode inode) {
        List<Piece> places = fs.blocks().of(inode);
        int at = 0;
        for (Piece data : member.data()) {
            long done = 0;
            while (done < data.length()) {
                long offset = data.offset() + done;
                while (at < places.size()
                        && places.get(at).offset() + places.get(at).length() <= offset) {
                    at++;
                }
                if (at == places.size() || places.get(at).offset() > offset) {
                    throw fs.failure("write inode " + inode.number(), "it has no block for byte " + offset);
                }
                Piece place = places.get(at);
                long skip = offset - place.offset();
                long length = Math.min(data.length() - done, place.length() - skip);
                contents.add(new Piece(place.fileOffset() + skip, length, data.file(), data.fileOffset() + done));
                done += length;
            }
        }
        if (!places.isEmpty()) {
            Piece last = places.get(places.size() - 1);
            long blockSize = fs.superblock().blockSize();
            nextBlock = (last.fileOffset() + last.length() + blockSize - 1) / blockSize;
        }
    }

    @Override
    public void close() {
        fs.close();
    }

    private static void close(SparseFile source) {
        try {
            source.close();
        } catch (IOException unused) {
            // it was only read
        }
    }

    /** Writes all that was added, to which nothing can be added then. */
    public void write() {
        finishDirectories(0);
        fs.close();
        Path file = fs.file();
        Map<Path, SparseFile> open = new HashMap<>();
        ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
        Path reading = file;
        try (SparseFile target = SparseFile.openWrite(file)) {
            for (Piece content : contents) {
                reading = content.file();
                SparseFile source = open.get(reading);
                if (source == null) {
                    source = SparseFile.openRead(reading);
                    open.put(reading, source);
                }
                if (content.length() > buffer.capacity()) {
                    SparseCopy.copy(
                            source,
                            source.dataExtents(content.fileOffset(), content.length()),
                            target,
                            content.offset() - content.fileOffset(),
                            done -> {});
                } else {
                    source.read(content.fileOffset(), buffer.clear().limit((int) content.length()));
                    target.write(content.offset(), buffer.flip());
                }
            }
        } catch (IOException failure) {
            throw FileFailure.unreadable(ImageException.Kind.ENVIRONMENT, reading, failure);
        } finally {
            open.values().forEach(ExtPopulation::close);
        }
    }
}
