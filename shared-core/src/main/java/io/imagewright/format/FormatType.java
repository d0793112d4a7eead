package io.imagewright.format;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** The output formats: the one table of their words, file extensions, Maven types and options. */
public enum FormatType {
    /** The bytes of the disk, sparse; what Synnefo's snf-image calls a dump of a whole disk. */
    DISKDUMP("diskdump", "diskdump"),
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
    VDI("vdi", "vdi");

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
        return this == DISKDUMP ? List.of("meta", "variant") : List.of();
    }

    /**
     * Finds a format by its word.
     *
     * @throws ImageException DESCRIPTION, with the nearest known word
     */
    public static FormatType of(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word.equals(word))
                .findFirst()
                .orElseThrow(() -> ImageException.of(
                        Kind.DESCRIPTION,
                        "Unknown format '" + word + "'",
                        "no such output format",
                        Hint.of(
                                word,
                                Arrays.stream(values()).map(FormatType::word).toList())));
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
            case DISKDUMP, RAW, VHDX, VDI -> options;
            case RAW_GZ, RAW_XZ, RAW_ZST ->
                CompressedRawOptions.of(word, compression(), options).toMap();
            case QCOW2 -> Qcow2Options.of(options).toMap();
            case VMDK -> VmdkOptions.of(options).toMap();
            case OVA -> OvaOptions.of(options).toMap();
            case VHD -> VhdOptions.of(options).toMap();
        };
    }

    private List<String> optionNames() {
        return switch (this) {
            case DISKDUMP, RAW, VHDX, VDI -> List.of();
            case RAW_GZ, RAW_XZ, RAW_ZST -> CompressedRawOptions.NAMES;
            case QCOW2 -> Qcow2Options.NAMES;
            case VMDK -> VmdkOptions.NAMES;
            case OVA -> OvaOptions.NAMES;
            case VHD -> VhdOptions.NAMES;
        };
    }

    /** Whether it is made of the raw disk when that is whole, and not while the disk is read. */
    boolean isConverted(SortedMap<String, String> options) {
        return switch (this) {
            case VMDK, OVA, VHDX, VDI -> true;
            case VHD -> VhdOptions.of(options).subformat() == VhdOptions.Subformat.DYNAMIC;
            case DISKDUMP, RAW, RAW_GZ, RAW_XZ, RAW_ZST, QCOW2 -> false;
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
            case QCOW2 -> Qcow2Options.of(options).clusterSize().largestDisk();
            default -> Long.MAX_VALUE;
        };
        if (size > most) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    "Cannot write a disk of " + (size >> 30) + " GiB as " + word,
                    "readers of it take " + (most >> 30) + " GiB at the most"
                            + (this == QCOW2 ? " with this clusterSize" : ""),
                    this == QCOW2 ? "Set a larger clusterSize." : "Choose another format.");
        }
    }

    /** Of a compressed stream. */
    Compression compression() {
        return switch (this) {
            case RAW_GZ -> Compression.GZIP;
            case RAW_XZ -> Compression.XZ_STREAM;
            case RAW_ZST -> Compression.ZSTD;
            default -> throw new IllegalStateException(word + " is no compressed stream");
        };
    }
}
