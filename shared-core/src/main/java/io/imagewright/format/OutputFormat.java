package io.imagewright.format;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.imagewright.disk.Extent;
import io.imagewright.disk.ImageCheck;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * An output format: its word, extension and options, how it is written, and how a finished file of it is checked. Each
 * is one subclass, listed in {@link OutputFormats}; the rest of the program asks these methods and does not compare
 * words. Immutable.
 */
public abstract class OutputFormat {

    /** What of the guest an output holds. */
    enum Content {
        /** One disk, each disk of the guest in a file of its own. */
        DISK,
        /** The first partition of the first disk. */
        PARTITION,
        /** The files of the guest. */
        TREE
    }

    private final String word;
    private final Content content;

    OutputFormat(String word, Content content) {
        this.word = word;
        this.content = content;
    }

    /** As users write it under {@code formats:}. */
    public final String word() {
        return word;
    }

    /** Of the file name, without the leading dot. */
    public String extension() {
        return word;
    }

    /** The Maven artifact type: the extension, so that a repository keeps the file's name. */
    public final String artifactType() {
        return extension();
    }

    /** Whether it holds the first partition of the first disk alone. */
    public final boolean isPartition() {
        return content == Content.PARTITION;
    }

    /** Whether it holds the files of the guest, and not one of its disks. */
    public final boolean holdsTree() {
        return content == Content.TREE;
    }

    /** Whether it holds a whole disk. */
    final boolean holdsDisk() {
        return content == Content.DISK;
    }

    /** Whether deployment by snf-image knows it, and reads the files beside an image that describe it. */
    public boolean isDeployed() {
        return false;
    }

    /**
     * What a reader of disks is to take it for, as {@code source.format} has it; empty of what cannot be read in any
     * order as it is.
     */
    public Optional<String> readAs() {
        return Optional.empty();
    }

    /**
     * Checks the options that a user gave and fills in the defaults of the others.
     *
     * @throws ImageException DESCRIPTION when an option is unknown or its value is bad
     */
    public final SortedMap<String, String> complete(Map<String, String> given) {
        List<String> known = optionNames();
        SortedMap<String, String> options = new TreeMap<>(given);
        for (String name : options.keySet()) {
            if (!known.contains(name)) {
                throw ImageException.of(
                        Kind.DESCRIPTION,
                        "Unknown option '" + name + "' of format " + word,
                        known.isEmpty() ? "this format has no options" : "no such option",
                        known.isEmpty() ? "Remove it." : Hint.of(name, known));
            }
        }
        return settled(options);
    }

    /** Names of its options. */
    List<String> optionNames() {
        return List.of();
    }

    /**
     * With the defaults of options that are not given.
     *
     * @param given known names only
     * @throws ImageException DESCRIPTION when a value is bad
     */
    SortedMap<String, String> settled(SortedMap<String, String> given) {
        return given;
    }

    /**
     * The options for the output of one disk, where they depend on the image.
     *
     * @param given by the user
     * @param disk index from 0
     * @throws ImageException DESCRIPTION when the image's name cannot be taken
     */
    Map<String, String> optionsFor(Map<String, String> given, String imageName, String version, int disk) {
        return given;
    }

    /**
     * Refuses a disk that is too large for the format.
     *
     * @param size bytes
     * @param options complete
     * @throws ImageException DESCRIPTION
     */
    void requireHolds(long size, SortedMap<String, String> options) {}

    /** Throws when a disk of this size, in bytes, is larger than the largest one. */
    final void requireAtMost(long most, long size, String condition, String hint) {
        if (size > most) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    "Cannot write a disk of " + (size >> 30) + " GiB as " + word,
                    "readers of it take " + (most >> 30) + " GiB at the most" + condition,
                    hint);
        }
    }

    /**
     * How the output is written.
     *
     * @param options complete
     * @param fileName of the output
     * @param window the part of the disk that a dump of a partition holds; null for all of it
     */
    abstract Encoding encoding(SortedMap<String, String> options, String fileName, @Nullable Extent window);

    /**
     * What is wrong with a finished file, as far as the format shows: a part of a sentence each. Reads as much of it as
     * that takes. A container is covered by the digest of the whole file.
     */
    List<String> findings(OutputCheck check) throws IOException {
        Optional<String> disk = readAs();
        return disk.isPresent()
                ? ImageCheck.findings(check.file(), disk.get(), check.virtualSize(), check.exec())
                : List.of();
    }

    @Override
    public final String toString() {
        return word;
    }
}
