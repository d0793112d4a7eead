package io.imagewright.spec;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The disk that is made of a tree of files.
 *
 * @param boot firmware that it boots with; empty for a disk that does not boot; null for all that the tree has a boot loader for
 * @param size bytes of the disk, whole MiB; null for what the tree needs
 * @param minimumFree bytes that are free in its root file system, when the size follows from the tree
 */
public record NewDisk(
        Table table, @Nullable List<Boot> boot, @Nullable Long size, long minimumFree, FileSystem fileSystem) {

    /** Bytes, unless the description sets another number: a system that nothing grows can be used. */
    static final long USUALLY_FREE = 512L << 20;

    /** Copies the list. */
    public NewDisk {
        boot = boot == null ? null : List.copyOf(boot);
    }

    /** Kinds of partition tables. */
    public enum Table {
        /** A GUID partition table. */
        GPT(Long.MAX_VALUE),
        /** A master boot record, whose numbers of sectors have 32 bits. */
        MBR(2L << 40);

        private final long largest;

        Table(long largest) {
            this.largest = largest;
        }

        /** Bytes of the largest disk with sectors of 512 bytes. */
        public long largest() {
            return largest;
        }
    }

    /** Kinds of firmware. */
    public enum Boot {
        /** A PC's BIOS. */
        BIOS,
        /** UEFI of a PC. */
        EFI
    }

    /**
     * The root file system.
     *
     * @param type {@code ext4}, {@code ext3} or {@code ext2}
     * @param label up to 16 letters and digits; empty for none
     */
    public record FileSystem(String type, String label) {

        /** All types. */
        static final List<String> TYPES = List.of("ext4", "ext3", "ext2");
    }
}
