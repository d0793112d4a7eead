package io.imagewright.guest.direct;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.imagewright.disk.SparseFile;

/**
 * Features that are turned off in working copies for the time of the work: tune2fs leaves an orphan file without its journal behind, its
 * blocks have checksums of where they lie, and every program waits for eleven seconds before it writes to what mmp protects. Not thread-safe.
 */
final class SetAside {

    private final E2fsprogs programs;
    private final long now;
    private final Map<Path, List<ExtFeature>> features = new HashMap<>();

    SetAside(E2fsprogs programs, long now) {
        this.programs = programs;
        this.now = now;
    }

    /** Turns them off in a file system that needs no replay. */
    void take(Path file, String subject) {
        List<ExtFeature> found = ExtFeature.of(Superblock.read(file, 0, subject), ExtFeature.Service.SET_ASIDE);
        if (!found.isEmpty()) {
            programs.setFeatures(file, words("^", found), subject);
            features.put(file, found);
        }
    }

    /** Blocks that they need again, at the most, in a file system of so many. */
    long blocks(Path file, long blocks) {
        List<ExtFeature> found = features.getOrDefault(file, List.of());
        // ext2fs_default_orphan_file_blocks of e2fsprogs
        long orphans = blocks < 128 * 1024 ? 32 : Math.min(512, blocks / 4096);
        return (found.contains(ExtFeature.ORPHAN_FILE) ? orphans : 0) + (found.contains(ExtFeature.MMP) ? 1 : 0);
    }

    /**
     * Turns them on again, when the file system has its journal and inodes that are not in use are empty: e2fsprogs 1.47.0 takes one that is not
     * for an orphan file that must go first.
     */
    void giveBack(Path file, String subject) {
        List<ExtFeature> found = features.remove(file);
        if (found == null) {
            return;
        }
        programs.setFeatures(file, words("", found), subject);
        if (found.contains(ExtFeature.MMP)) {
            try (SparseFile sparse = SparseFile.openWrite(file);
                    ExtFileSystem fs = ExtFileSystem.open(file, 0, subject, false, now)) {
                forgetMachine(sparse, fs);
            } catch (IOException failure) {
                throw WorkingCopy.unwritable(subject, failure);
            }
        }
    }

    /** The block of mmp names the machine and the file that last wrote (struct mmp_struct of ext2_fs.h): 64 and 32 bytes from byte 16. */
    private static void forgetMachine(SparseFile sparse, ExtFileSystem fs) throws IOException {
        long offset = fs.superblock().mmpBlock() * fs.superblock().blockSize();
        ByteBuffer block = ByteBuffer.allocate(1024);
        sparse.read(offset, block);
        block.put(16, new byte[64 + 32]);
        Ext2Library.ext2fs_mmp_csum_set(fs.handle(), block.array());
        sparse.write(offset, block.rewind());
    }

    private static String words(String prefix, List<ExtFeature> features) {
        return features.stream().map(feature -> prefix + feature.label()).collect(Collectors.joining(","));
    }
}
