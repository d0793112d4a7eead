package io.imagewright.guest.inspect;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import io.imagewright.guest.Volume;

/**
 * A format that holds the first partition alone. Deployment writes an MBR with boot code and that one partition before it, reference 2.2.
 */
public enum PartitionDump {
    /** Of a Linux on ext2, ext3 or ext4. */
    EXT("extdump", "Linux", "ext2, ext3 or ext4"),
    /** Of a Windows on NTFS. */
    NTFS("ntfsdump", "Windows", "NTFS");

    private final String word;
    private final String system;
    private final String fileSystem;

    PartitionDump(String word, String system, String fileSystem) {
        this.word = word;
        this.system = system;
        this.fileSystem = fileSystem;
    }

    /** The format's word. */
    public String word() {
        return word;
    }

    /** The system that deployment takes it for. */
    String system() {
        return system;
    }

    /** The same as deployment writes it, in {@code OSFAMILY}. */
    public String osFamily() {
        return system.toLowerCase(Locale.ROOT);
    }

    /** What the partition holds, for people. */
    String fileSystem() {
        return fileSystem;
    }

    boolean holds(Volume volume) {
        return this == NTFS ? volume.type().equals("ntfs") : volume.isExt();
    }

    boolean isOf(Facts facts) {
        return this == NTFS ? facts.isWindows() : facts.isLinux();
    }

    /** The dump of this word. */
    public static PartitionDump of(String word) {
        return find(word).orElseThrow(() -> new IllegalArgumentException(word + " is no dump of a partition"));
    }

    /** The dump of this word; empty when the format holds something else. */
    public static Optional<PartitionDump> find(String word) {
        return Arrays.stream(values()).filter(dump -> dump.word.equals(word)).findFirst();
    }
}
