package io.imagewright.guest.direct;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.imagewright.disk.Extent;
import io.imagewright.disk.SparseFile;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.exec.Exec;
import io.imagewright.guest.FileType;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.VolumeFile;

/**
 * Works on ext2, ext3 and ext4 in files: no root, no mount, no loop device. A file system that is worked on is alone in its own sparse
 * file (resize2fs truncates the whole file, whatever offset it was given). Not thread-safe.
 */
public final class ExtTools {

    /** Blocks that extent trees may need when their files move; beyond the free space that the user asked for. */
    private static final long LEAST_MARGIN = 256;

    /** Blocks of the smallest file system that gets a journal (ext2fs_default_journal_size of e2fsprogs). */
    private static final long LEAST_WITH_JOURNAL = 2048;

    private static final int TRIALS = 6;
    private static final int ROUNDS = 3;

    private final E2fsprogs programs;
    private final SetAside setAside;
    private final long now;

    /** @param now seconds since the epoch, used wherever a file system dates something; 1 for anything less */
    public ExtTools(Exec exec, long now) {
        // e2fsprogs takes 0 for no time at all, and asks the clock
        this.now = Math.max(1, now);
        this.programs = new E2fsprogs(exec, this.now);
        this.setAside = new SetAside(programs, this.now);
    }

    /** When the file system was last written, in seconds since the epoch: a time that belongs to the source. */
    public static long lastWrite(VolumeFile volume) {
        return superblock(volume).lastWrite();
    }

    /** Bytes that the file system occupies of the partition that holds it. */
    public static long size(VolumeFile volume) {
        return superblock(volume).size();
    }

    /**
     * Bytes to which {@link #shrink} will make a file system that loses files before; an estimate.
     *
     * @param removed bytes of the files that it loses
     * @param files number of them; each may free up to a block beyond its bytes
     * @param free bytes to leave free
     */
    public static long smallest(VolumeFile volume, long removed, long files, long free) {
        Superblock superblock = Superblock.read(volume.file(), volume.offset(), volume.subject());
        SmallestSize smallest = new SmallestSize(superblock);
        long gone = removed / superblock.blockSize() + files;
        if (superblock.hasJournal()) {
            gone += Math.max(0, Ext2Library.ext2fs_default_journal_size(superblock.blocks()));
        }
        long wanted = Math.max(free / superblock.blockSize(), LEAST_MARGIN) - gone;
        long low = smallest.withFree(wanted);
        if (superblock.hasJournal()) {
            low = smallest.withFree(wanted + Math.max(0, Ext2Library.ext2fs_default_journal_size(low)));
        }
        return low * superblock.blockSize();
    }

    /** Whether the volume can be read as it is: cleanly unmounted, nothing to replay. */
    public static boolean isSettled(VolumeFile volume) {
        return superblock(volume).isSettled();
    }

    /**
     * Refuses a volume that nothing recognises but that was an ext2/3/4 file system once: one of the usual places of a backup
     * superblock holds one.
     *
     * @param length bytes of the volume
     * @throws ImageException SOURCE saying how to repair it
     */
    public static void refuseLostSuperblock(VolumeFile volume, long length) {
        Superblock.backup(volume.file(), volume.offset(), length).ifPresent(block -> {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot use " + volume.subject(),
                    "its superblock is damaged; it is an ext2/3/4 file system by its backup superblock at block "
                            + block,
                    "Repair it on a copy of the medium with e2fsck -b " + block + ", or take another medium.");
        });
    }

    /**
     * What must be copied of a volume, in bytes from its start, by its bitmaps; empty when they cannot be trusted, so that
     * everything must be copied.
     */
    public Optional<List<Extent>> usedExtents(VolumeFile volume) {
        if (!isSettled(volume)) {
            return Optional.empty();
        }
        try (ExtFileSystem fs = ExtFileSystem.open(volume.file(), volume.offset(), volume.subject(), false, now)) {
            return Optional.of(LiveBlocks.of(fs));
        }
    }

    /**
     * Refuses, by its superblock, a file system that no engine can work on.
     *
     * @param length bytes of the partition that holds it
     * @param repair whether a damaged superblock is to be repaired instead
     * @throws ImageException UNSUPPORTED naming a feature that is not served; SOURCE when it is larger than its partition
     */
    public static void requireUsable(VolumeFile volume, long length, boolean repair) {
        Superblock superblock = superblock(volume);
        superblock.requireUsable(volume.subject());
        superblock.requireFits(volume.subject(), length, repair);
    }

    /**
     * Refuses a file system that this engine cannot edit.
     *
     * @throws ImageException UNSUPPORTED naming the feature
     */
    public static void requireEditable(VolumeFile volume) {
        superblock(volume).requireEditable(volume.subject());
    }

    /** The feature that only the engine libguestfs can edit the file system with; empty when there is none. */
    public static Optional<String> featureOfOtherEngine(VolumeFile volume) {
        return feature(volume, ExtFeature.Service.OTHER_ENGINE);
    }

    /** The feature by which the file system keeps its size; empty when it can be made smaller. */
    public static Optional<String> featureThatKeepsSize(VolumeFile volume) {
        return featureOfOtherEngine(volume).or(() -> feature(volume, ExtFeature.Service.KEEPS_SIZE));
    }

    private static Optional<String> feature(VolumeFile volume, ExtFeature.Service service) {
        return ExtFeature.of(superblock(volume), service).stream()
                .map(ExtFeature::label)
                .findFirst();
    }

    private static Superblock superblock(VolumeFile volume) {
        return Superblock.read(volume.file(), volume.offset(), volume.subject());
    }

    /**
     * Makes a working copy sound: replays a journal, and checks the file system.
     *
     * @param repair whether errors are repaired instead of refused
     * @throws ImageException SOURCE with e2fsck's findings when the file system has errors
     */
    public void settle(Path file, String subject, boolean repair) {
        if (repair) {
            programs.repair(file, subject);
        } else if (!Superblock.read(file, 0, subject).isSettled()) {
            programs.preen(file, subject);
        }
        programs.requireSound(file, subject);
    }

    /** Makes a sound working copy ready to be edited and resized, until {@link #finish}. */
    public void prepare(Path file, String subject) {
        setAside.take(file, subject);
    }

    /**
     * Checks a volume where it lies, which must be settled; reads only.
     *
     * @param volume in a file whose path has no question mark
     * @throws ImageException as {@link #settle}
     */
    public void requireSound(VolumeFile volume) {
        programs.requireSound(volume.file(), volume.offset(), volume.subject());
    }

    /** Puts volumes together to one tree. The root must be among the mount points. */
    public Guest open(Map<GuestPath, VolumeFile> mounts, boolean writable) {
        Map<GuestPath, ExtFileSystem> opened = new HashMap<>();
        if (writable) {
            mounts.values().forEach(ExtTools::requireEditable);
        }
        try {
            mounts.forEach((point, volume) -> opened.put(
                    point, ExtFileSystem.open(volume.file(), volume.offset(), volume.subject(), writable, now)));
            return new DirectGuest(opened);
        } catch (ImageException failure) {
            opened.values().forEach(ExtFileSystem::close);
            throw failure;
        }
    }

    /**
     * Makes the file system as small as it goes with {@code free} bytes left free, its journal made again beside that. The file is cut
     * to the file system.
     *
     * @param scratch a file to make and delete
     * @return the new size in bytes
     */
    public long shrink(Path file, String subject, long free, Path scratch) {
        boolean journal = Superblock.read(file, 0, subject).hasJournal();
        if (journal) {
            programs.removeJournal(file, subject);
        }
        rewriteDirectories(file, subject);
        // what one pass moves down, mostly the inode tables of a small disk, lets the next go further
        for (int round = 0; round < ROUNDS; round++) {
            Superblock before = Superblock.read(file, 0, subject);
            long target = workingTarget(file, subject, before, free, journal, scratch);
            if (target >= before.blocks()) {
                break;
            }
            programs.resize(file, target, subject);
        }
        if (journal) {
            programs.makeJournal(file, subject);
        }
        return Superblock.read(file, 0, subject).size();
    }

    /**
     * The smallest size that resize2fs is seen to reach on a copy of the metadata: a size too small can fail half-way, and leaves
     * the file system broken. The computed size holds for ordinary disks; small ones, whose inode tables are at the end (flex_bg),
     * are searched between that and resize2fs's own cautious estimate.
     */
    private long workingTarget(Path file, String subject, Superblock before, long free, boolean journal, Path scratch) {
        SmallestSize smallest = new SmallestSize(before);
        long wanted = Math.max(free / before.blockSize(), LEAST_MARGIN);
        long least = journal ? LEAST_WITH_JOURNAL : 0;
        long low = Math.max(least, smallest.withFree(wanted));
        wanted += (journal ? Ext2Library.ext2fs_default_journal_size(low) : 0) + setAside.blocks(file, low);
        low = Math.max(least, smallest.withFree(wanted));
        if (low >= before.blocks() - before.blocks() / 100) {
            return before.blocks(); // not worth a pass over the disk
        }
        if (canResize(file, subject, low, scratch)) {
            return low;
        }
        long high = Math.min(before.blocks(), Math.max(low, programs.estimate(file, subject) + wanted));
        if (high < before.blocks() && !canResize(file, subject, high, scratch)) {
            return before.blocks();
        }
        for (int trial = 0; trial < TRIALS && high - low > high / 100; trial++) {
            long middle = (low + high) / 2;
            if (canResize(file, subject, middle, scratch)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private boolean canResize(Path file, String subject, long blocks, Path scratch) {
        try {
            programs.copyMetadata(file, scratch, subject);
            return programs.canResize(scratch, blocks);
        } finally {
            delete(scratch);
        }
    }

    /** Rewrites directories so that removed names are gone. {@link #shrink} does it too. */
    public void rewriteDirectories(Path file, String subject) {
        if (Superblock.read(file, 0, subject).has(ExtFeature.INLINE_DATA)) {
            clearInlineDirectories(file, subject);
        }
        programs.rewriteDirectories(file, subject);
    }

    /** E2fsck rewrites those in blocks only. */
    private void clearInlineDirectories(Path file, String subject) {
        try (ExtFileSystem fs = ExtFileSystem.open(file, 0, subject, true, now)) {
            fs.allocation().forEachInode(inode -> {
                if (inode.hasInlineData() && inode.type() == FileType.DIRECTORY) {
                    fs.directories().clearRemoved(inode.number());
                }
            });
        }
    }

    /**
     * Gives the file system another UUID. Its directories were rewritten before, which checks it; the hash seed and all else that it is known by
     * stays.
     *
     * @throws ImageException UNSUPPORTED when files in it are encrypted by the UUID that it has
     */
    public void setUuid(Path file, String subject, String uuid) {
        Superblock.read(file, 0, subject).requireUuidMayChange(subject);
        programs.setUuid(file, uuid, subject);
        Optional<Long> journal;
        try (ExtFileSystem fs = ExtFileSystem.open(file, 0, subject, false, now)) {
            journal = fs.allocation().journalBlocks().stream()
                    .findFirst()
                    .map(block -> block * fs.superblock().blockSize());
        }
        if (journal.isPresent()) {
            try (SparseFile open = SparseFile.openWrite(file)) {
                JournalSuperblock.setUuid(open, journal.get(), UUID.fromString(uuid));
            } catch (IOException failure) {
                throw WorkingCopy.unwritable(subject, failure);
            }
        }
    }

    /**
     * Empties everything that the file system does not use, and checks it a last time.
     *
     * @throws ImageException SOURCE when the check finds errors
     */
    public void finish(Path file, String subject) {
        StaleData.remove(file, subject, now);
        setAside.giveBack(file, subject);
        programs.requireSound(file, subject);
    }

    private static void delete(Path scratch) {
        try {
            Files.deleteIfExists(scratch);
        } catch (IOException failure) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Cannot delete " + scratch,
                    FileFailure.reason(failure),
                    "Check the work directory.",
                    failure);
        }
    }
}
