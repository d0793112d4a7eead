package io.imagewright.format;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** The output formats: the one table of their words, file extensions, Maven types and options. */
public enum FormatType {
    /** The bytes of the disk, sparse; what Synnefo's snf-image calls a dump of a whole disk. */
    DISKDUMP("diskdump", "diskdump"),
    /** The bytes of the first partition, sparse, with an ext2/3/4 that boots by itself. */
    EXTDUMP("extdump", "extdump"),
    /** The bytes of the first partition, sparse, with an NTFS that boots by itself. */
    NTFSDUMP("ntfsdump", "ntfsdump"),
    /** The bytes of the disk, sparse. */
    RAW("raw", "raw"),
    /** The bytes of the disk, compressed by gzip. */
    RAW_GZ("raw.gz", "raw.gz"),
    /** The bytes of the disk, compressed by xz. */
    RAW_XZ("raw.xz", "raw.xz"),
    /** The bytes of the disk, compressed by zstd. */
    RAW_ZST("raw.zst", "raw.zst"),
    /** QEMU's copy-on-write format. */
    QCOW2("qcow2", "qcow2"),
    /** VMware's. */
    VMDK("vmdk", "vmdk"),
    /** A machine with the disk, for VMware and VirtualBox. */
    OVA("ova", "ova"),
    /** Virtual PC's, Hyper-V's and Azure's. */
    VHD("vhd", "vhd"),
    /** Hyper-V's newer one, whose bytes differ from build to build. */
    VHDX("vhdx", "vhdx"),
    /** VirtualBox's. */
    VDI("vdi", "vdi"),
    /** The guest's files, POSIX.1-2001 (pax). */
    TAR("tar", "tar"),
    /** The same, compressed by gzip. */
    TGZ("tgz", "tgz"),
    /** The same, compressed by zstd. */
    TAR_ZST("tar.zst", "tar.zst"),
    /** The guest's files as a compressed file system that cannot be written to. */
    SQUASHFS("squashfs", "squashfs"),
    /** The guest's files as a container image, in the layout of the Open Container Initiative. */
    OCI("oci", "oci.tar"),
    /** The guest's files as a container image, as {@code docker load} takes it. */
    DOCKER("docker", "docker.tar"),
    /** A disk in a container image, for KubeVirt. */
    CONTAINERDISK("containerdisk", "containerdisk.tar");

    /** As qemu and Hyper-V have it: 2040 GiB. */
    private static final long LARGEST_VHD = 2040L << 30;

    private final String word;
    private final String extension;

    FormatType(String word, String extension) {
        this.word = word;
        this.extension = extension;
    }

    /** As users write it under {@code formats:}. */
    public String word() {
        return word;
    }

    /** Of the file name, without the leading dot. */
    public String extension() {
        return extension;
    }

    /** The Maven artifact type: the extension, so that a repository keeps the file's name. */
    public String artifactType() {
        return extension;
    }

    /** What lies beside an image of this format, its checksums aside: extensions behind its name. */
    public List<String> sidecarExtensions() {
        return this == DISKDUMP || isPartition() ? List.of("meta", "variant") : List.of();
    }

    /** Whether it holds the first partition of the first disk alone. */
    public boolean isPartition() {
        return this == EXTDUMP || this == NTFSDUMP;
    }

    /** What a reader of disks is to take it for, as {@code source.format} has it; empty of what cannot be read in any order as it is. */
    public Optional<String> readAs() {
        return switch (this) {
            case DISKDUMP, EXTDUMP, NTFSDUMP, RAW -> Optional.of(RAW.word);
            case QCOW2, VMDK, VHD, VHDX, VDI -> Optional.of(word);
            case RAW_GZ, RAW_XZ, RAW_ZST, OVA, CONTAINERDISK -> Optional.empty();
            case TAR, TGZ, TAR_ZST, SQUASHFS, OCI, DOCKER -> Optional.empty();
        };
    }

    /** The words of those that can be read in any order as they are. */
    public static List<String> readable() {
        return Arrays.stream(values())
                .filter(type -> type.readAs().isPresent())
                .map(FormatType::word)
                .toList();
    }

    /** The format of this word; empty when it is none, as another version's manifest may have it. */
    public static Optional<FormatType> find(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }

    /** Whether deployment by snf-image knows the format of this word, and reads the files that describe it. */
    public static boolean isDeployed(String word) {
        return find(word)
                .filter(type -> type.sidecarExtensions().contains("meta"))
                .isPresent();
    }

    /**
     * Finds a format by its word.
     *
     * @throws ImageException DESCRIPTION, with the nearest known word
     */
    public static FormatType of(String word) {
        return find(word)
                .orElseThrow(() -> ImageException.of(
                        Kind.DESCRIPTION,
                        "Unknown format '" + word + "'",
                        "no such output format",
                        Hint.of(
                                word,
                                Arrays.stream(values()).map(FormatType::word).toList())));
    }

    /** Whether it holds the files of the guest, and not one of its disks. */
    public boolean holdsTree() {
        return switch (this) {
            case TAR, TGZ, TAR_ZST, SQUASHFS, OCI, DOCKER -> true;
            case DISKDUMP, EXTDUMP, NTFSDUMP, RAW, RAW_GZ, RAW_XZ, RAW_ZST, QCOW2 -> false;
            case VMDK, OVA, VHD, VHDX, VDI, CONTAINERDISK -> false;
        };
    }

    /** Whether it is an image that is called {@code name:tag} where it is loaded. */
    boolean isContainer() {
        return this == OCI || this == DOCKER || this == CONTAINERDISK;
    }

    /**
     * Checks the options that a user gave and fills in the defaults of the others.
     *
     * @throws ImageException DESCRIPTION when an option is unknown or its value is bad
     */
    public SortedMap<String, String> complete(Map<String, String> given) {
        SortedMap<String, String> options = new TreeMap<>(given);
        List<String> optionNames = optionNames();
        for (String name : options.keySet()) {
            if (!optionNames.contains(name)) {
                throw ImageException.of(
                        Kind.DESCRIPTION,
                        "Unknown option '" + name + "' of format " + word,
                        optionNames.isEmpty() ? "this format has no options" : "no such option",
                        optionNames.isEmpty() ? "Remove it." : Hint.of(name, optionNames));
            }
        }
        return switch (this) {
            case DISKDUMP, EXTDUMP, NTFSDUMP, RAW, VHDX, VDI, TAR -> options;
            case RAW_GZ, RAW_XZ, RAW_ZST, TGZ, TAR_ZST ->
                CompressedRawOptions.of(word, compression(), options).toMap();
            case QCOW2 -> Qcow2Options.of(options).toMap();
            case VMDK -> VmdkOptions.of(options).toMap();
            case OVA -> OvaOptions.of(options).toMap();
            case VHD -> VhdOptions.of(options).toMap();
            case SQUASHFS -> SquashfsOptions.of(options).toMap();
            case OCI, DOCKER -> ContainerOptions.of(word, options).toMap();
            case CONTAINERDISK -> ContainerDiskOptions.of(options).toMap();
        };
    }

    private List<String> optionNames() {
        return switch (this) {
            case DISKDUMP, EXTDUMP, NTFSDUMP, RAW, VHDX, VDI, TAR -> List.of();
            case RAW_GZ, RAW_XZ, RAW_ZST, TGZ, TAR_ZST -> CompressedRawOptions.NAMES;
            case QCOW2 -> Qcow2Options.NAMES;
            case VMDK -> VmdkOptions.NAMES;
            case OVA -> OvaOptions.NAMES;
            case VHD -> VhdOptions.NAMES;
            case SQUASHFS -> SquashfsOptions.NAMES;
            case OCI, DOCKER -> ContainerOptions.NAMES;
            case CONTAINERDISK -> ContainerDiskOptions.NAMES;
        };
    }

    /** Whether it is made of the raw disk when that is whole, and not while the disk is read. */
    boolean isConverted(SortedMap<String, String> options) {
        return switch (this) {
            case VMDK, OVA, VHDX, VDI -> true;
            case VHD -> VhdOptions.of(options).subformat() == VhdOptions.Subformat.DYNAMIC;
            case DISKDUMP, EXTDUMP, NTFSDUMP, RAW, RAW_GZ, RAW_XZ, RAW_ZST, QCOW2 -> false;
            case TAR, TGZ, TAR_ZST, SQUASHFS, OCI, DOCKER, CONTAINERDISK -> false;
        };
    }

    /**
     * Refuses a disk that is too large for the format.
     *
     * @param size bytes
     * @throws ImageException DESCRIPTION
     */
    void requireHolds(long size, SortedMap<String, String> options) {
        long most = switch (this) {
            case VHD -> LARGEST_VHD;
            case QCOW2, CONTAINERDISK -> Qcow2Options.of(options).clusterSize().largestDisk();
            default -> Long.MAX_VALUE;
        };
        if (size > most) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    "Cannot write a disk of " + (size >> 30) + " GiB as " + word,
                    "readers of it take " + (most >> 30) + " GiB at the most"
                            + (this == VHD ? "" : " with this clusterSize"),
                    this != VHD ? "Set a larger clusterSize." : "Choose another format.");
        }
    }

    /** Of a compressed stream. */
    StreamCompression compression() {
        return switch (this) {
            case RAW_GZ, TGZ -> StreamCompression.GZIP;
            case RAW_XZ -> StreamCompression.XZ;
            case RAW_ZST, TAR_ZST -> StreamCompression.ZSTD;
            default -> throw new IllegalStateException(word + " is no compressed stream");
        };
    }
}
