package io.imagewright.assemble;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import io.imagewright.disk.Piece;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.exec.Command;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.TreeMember;
import io.imagewright.guest.direct.ExtPopulation;

/** Makes an ext2/3/4 file system of a tree, in a file of its own, of the size that the tree needs. */
final class ExtImage {

    static final int BLOCK = 4096;
    private static final int INODE = 256;

    /** What every Linux of the last ten years mounts, and every GRUB 2 reads. */
    private static final Map<String, String> FEATURES = Map.of(
            "ext4",
            "none,has_journal,ext_attr,resize_inode,dir_index,filetype,extent,64bit,flex_bg,sparse_super,large_file,huge_file,"
                    + "dir_nlink,extra_isize,metadata_csum",
            "ext3",
            "none,has_journal,ext_attr,resize_inode,dir_index,filetype,sparse_super,large_file",
            "ext2",
            "none,ext_attr,resize_inode,dir_index,filetype,sparse_super,large_file");

    private static final Limits LIMITS = Limits.ofTime(Duration.ofHours(1));

    /** Bytes of an inode's own room for attributes: 256 less the fields of ext4, their length included, and a magic number. */
    private static final int ATTRIBUTE_ROOM = INODE - 128 - 32 - 4;

    /** Blocks that an inode of ext2 names itself, and those that a block of pointers names. */
    private static final int DIRECT = 12;

    private static final int POINTERS = BLOCK / 4;

    /** Blocks for extents of files that lie in pieces. */
    private static final int MARGIN = 64;

    private static final int INODES_MORE = 1024;

    private static final int ROUNDS = 6;

    /** Passes on the files, the root first, in path order. */
    interface Members {

        void forEach(Consumer<TreeMember> action);
    }

    /**
     * What is asked for.
     *
     * @param type {@code ext2}, {@code ext3} or {@code ext4}
     * @param label empty for none
     * @param free bytes to be left free
     * @param size bytes of the file system; 0 for what the tree needs
     * @param now seconds since the epoch
     */
    record Wanted(
            String type, String label, UUID uuid, UUID hashSeed, long free, long size, long now, String subject) {}

    private final Exec exec;

    ExtImage(Exec exec) {
        this.exec = exec;
    }

    /**
     * Makes the file.
     *
     * @throws ImageException SOURCE when the tree does not fit into a given size
     */
    void make(Path file, Wanted wanted, Members members) {
        Need need = new Need(wanted.type().equals("ext4"));
        members.forEach(need::add);
        if (wanted.size() > 0) {
            long blocks = wanted.size() / BLOCK;
            requireRoom(wanted, need.blocks(), blocks);
            makeEmpty(file, wanted, need, blocks);
            requireRoom(wanted, need.blocks(), ExtPopulation.freeBlocks(file, wanted.subject()));
        } else {
            makeFitting(file, wanted, need);
        }
        try (ExtPopulation population = ExtPopulation.open(file, wanted.subject(), wanted.now())) {
            members.forEach(population::add);
            population.write();
        }
    }

    private static void requireRoom(Wanted wanted, long needed, long free) {
        if (free < needed) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot make " + wanted.subject() + " of " + wanted.size() + " bytes",
                    "the tree needs " + (needed - free) * BLOCK + " bytes more",
                    Message.of("Set ", SettingName.DISK_SIZE, " to more, or to auto."));
        }
    }

    private void makeFitting(Path file, Wanted wanted, Need need) {
        long goal = need.blocks() + wanted.free() / BLOCK;
        // the journal, tables of inodes and bitmaps come on top, by the size: the next try corrects the last one
        long blocks = goal + goal / 16 + 2048 + need.inodes(goal) * INODE / BLOCK;
        for (int round = 0; round < ROUNDS; round++) {
            makeEmpty(file, wanted, need, blocks);
            long more = goal - ExtPopulation.freeBlocks(file, wanted.subject());
            if (more <= 0 && (more > -MARGIN || round > 2)) {
                return;
            }
            blocks += more > 0 ? more + 1 : more;
        }
        makeEmpty(file, wanted, need, blocks + MARGIN);
    }

    private void makeEmpty(Path file, Wanted wanted, Need need, long blocks) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw FileFailure.unreadable(ImageException.Kind.ENVIRONMENT, file, failure);
        }
        List<String> argv = new ArrayList<>(List.of(
                "mke2fs",
                "-q",
                "-F",
                "-b",
                String.valueOf(BLOCK),
                "-I",
                String.valueOf(INODE),
                "-N",
                String.valueOf(need.inodes(blocks)),
                "-O",
                FEATURES.getOrDefault(wanted.type(), ""),
                "-U",
                wanted.uuid().toString(),
                "-E",
                "hash_seed=" + wanted.hashSeed() + ",lazy_itable_init=1,lazy_journal_init=1,nodiscard"));
        if (!wanted.label().isEmpty()) {
            argv.addAll(List.of("-L", wanted.label()));
        }
        argv.addAll(List.of(file.toString(), String.valueOf(blocks)));
        ExecResult result = exec.run(new Command(
                argv,
                Map.of("E2FSPROGS_FAKE_TIME", String.valueOf(wanted.now()), "MKE2FS_CONFIG", "/dev/null"),
                LIMITS));
        if (result.exitCode() != 0) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Cannot make " + wanted.subject(),
                    "mke2fs: "
                            + result.stderr()
                                    .lines()
                                    .filter(line -> !line.isBlank() && !line.startsWith("Warning"))
                                    .findFirst()
                                    .orElse("exit code " + result.exitCode()),
                    Message.of(
                            "Check ",
                            SettingName.DISK_FILE_SYSTEM,
                            ", and the file system that holds the work directory."));
        }
    }

    /** Counts what a tree takes, as ext4 stores it. */
    private static final class Need {

        private final boolean extents;
        private long files;
        private long blocks;
        private final Set<Long> linked = new HashSet<>();
        private final ArrayDeque<long[]> open = new ArrayDeque<>();

        Need(boolean extents) {
            this.extents = extents;
        }

        void add(TreeMember member) {
            while (open.size() > member.path().depth()) {
                blocks += open.pop()[0];
            }
            if (member.path().depth() > 0) {
                addName(member.path().nameBytes(member.path().depth() - 1).length);
            }
            if (member.stat().isDirectory()) {
                // the first block holds itself, its parent and a checksum
                open.push(new long[] {1, 12 + 12 + 12});
            }
            if (member.stat().links() > 1
                    && !member.stat().isDirectory()
                    && !linked.add(member.stat().inode())) {
                return;
            }
            files++;
            if (member.stat().isRegular()) {
                long data = 0;
                for (Piece piece : member.data()) {
                    data += piece.length();
                    addData(piece.offset() / BLOCK, (piece.offset() + piece.length() + BLOCK - 1) / BLOCK);
                }
                if (extents) {
                    blocks += member.data().size() > 4 ? 1 + member.data().size() / 300 : 0;
                    blocks += data >> 29; // extents of 128 MiB, more than four of them
                }
            } else if (member.target().size() >= 60) {
                blocks++;
            }
            int attributes = 4;
            for (Map.Entry<String, Bytes> attribute : member.attributes().entrySet()) {
                attributes += 20
                        + attribute.getKey().length()
                        + 3
                        + attribute.getValue().size()
                        + 3;
            }
            blocks += attributes > ATTRIBUTE_ROOM ? 1 : 0;
        }

        private void addData(long first, long end) {
            blocks += end - first;
            if (!extents && end > DIRECT) {
                blocks += (end - DIRECT - 1) / POINTERS - Math.max(0, first - DIRECT) / POINTERS + 1;
                blocks += end > DIRECT + POINTERS ? 2 + (end - first) / POINTERS / POINTERS : 0;
            }
        }

        private void addName(int length) {
            long[] directory = open.element();
            long entry = 8L + (length + 3L) / 4 * 4;
            if (directory[1] + entry > BLOCK) {
                directory[0]++;
                directory[1] = 12;
            }
            directory[1] += entry;
        }

        /** As many as mke2fs makes for this many blocks, or what the tree needs and some. */
        long inodes(long ofBlocks) {
            return Math.max(ofBlocks * BLOCK / 16384, files + files / 8 + INODES_MORE);
        }

        long blocks() {
            return blocks + open.stream().mapToLong(directory -> directory[0]).sum() + MARGIN + files / 2000;
        }
    }
}
