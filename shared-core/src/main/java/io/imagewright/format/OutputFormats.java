package io.imagewright.format;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** All output formats, in the order in which they are listed to users. A new format is a line here. */
public final class OutputFormats {

    private static final List<OutputFormat> ALL = List.of(
            new DiskdumpFormat(),
            new PartitionDumpFormat("extdump"),
            new PartitionDumpFormat("ntfsdump"),
            new RawFormat(),
            new CompressedRawFormat("raw.gz", StreamCompression.GZIP),
            new CompressedRawFormat("raw.xz", StreamCompression.XZ),
            new CompressedRawFormat("raw.zst", StreamCompression.ZSTD),
            new Qcow2Format(),
            new VmdkFormat(),
            new OvaFormat(),
            new VhdFormat(),
            new VhdxFormat(),
            new VdiFormat(),
            new TarFormat(),
            new CompressedTarFormat("tgz", StreamCompression.GZIP),
            new CompressedTarFormat("tar.zst", StreamCompression.ZSTD),
            new SquashfsFormat(),
            new ContainerFormat("oci", ArchiveKind.OCI),
            new ContainerFormat("docker", ArchiveKind.DOCKER),
            new ContainerDiskFormat());

    private OutputFormats() {}

    /** Each of them. */
    public static List<OutputFormat> all() {
        return ALL;
    }

    /** The format of this word; empty when it is none, as another version's manifest may have it. */
    public static Optional<OutputFormat> find(String word) {
        return ALL.stream().filter(format -> format.word().equals(word)).findFirst();
    }

    /**
     * Finds a format by its word.
     *
     * @throws ImageException DESCRIPTION, with the nearest known word
     */
    public static OutputFormat of(String word) {
        return find(word)
                .orElseThrow(() -> ImageException.of(
                        Kind.DESCRIPTION,
                        "Unknown format '" + word + "'",
                        "no such output format",
                        Hint.of(word, ALL.stream().map(OutputFormat::word).toList())));
    }

    /** Whether deployment by snf-image knows the format of this word, and reads the files that describe it. */
    public static boolean isDeployed(String word) {
        return find(word).filter(OutputFormat::isDeployed).isPresent();
    }

    /** What a reader of disks is to take a file of the format of this word for; see {@link OutputFormat#readAs}. */
    public static Optional<String> readAs(String word) {
        return find(word).flatMap(OutputFormat::readAs);
    }

    /** The words of those that can be read in any order as they are. */
    public static List<String> readable() {
        return ALL.stream()
                .filter(format -> format.readAs().isPresent())
                .map(OutputFormat::word)
                .toList();
    }

    /** The words of those that this program writes, unless an option makes it otherwise. */
    public static List<String> writtenBy(String program) {
        return ALL.stream()
                .filter(format -> format.encoding(format.complete(Collections.emptyMap()), "", null)
                        .programs()
                        .contains(program))
                .map(OutputFormat::word)
                .toList();
    }
}
