package io.imagewright.manifest;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.imagewright.checksum.DigestAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * One file of an image, as its manifest names it.
 *
 * @param file name without a directory
 * @param format format word
 * @param classifier Maven classifier; empty for the main artifact
 * @param disk number, from 1, of the guest's disk that it holds; null, and left out, where there is one disk
 * @param virtualSize bytes of the disk that a guest sees
 * @param storedSize bytes of data in the file, counted the same way on each machine
 * @param digests of the file, hexadecimal, by algorithm word; in JSON each is a field of its own behind the others
 */
@JsonPropertyOrder({"file", "format", "classifier", "disk", "virtualSize", "storedSize"})
public record ArtifactEntry(
        String file,
        String format,
        String classifier,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer disk,
        long virtualSize,
        long storedSize,
        @JsonAnyGetter SortedMap<String, String> digests) {

    /** Copies the digests. */
    public ArtifactEntry {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    /** Whether it holds the guest's first disk. */
    public boolean holdsFirstDisk() {
        return disk == null || disk == 1;
    }

    /** The same file under another name. */
    public ArtifactEntry withFile(String other) {
        return new ArtifactEntry(other, format, classifier, disk, virtualSize, storedSize, digests);
    }

    /** The same file with these digests. */
    public ArtifactEntry withDigests(SortedMap<String, String> other) {
        return new ArtifactEntry(file, format, classifier, disk, virtualSize, storedSize, other);
    }

    /** Takes the digests that this version knows; what else is there belongs to newer ones. */
    @JsonCreator
    static ArtifactEntry fromJson(
            @JsonProperty("file") String file,
            @JsonProperty("format") String format,
            @JsonProperty("classifier") String classifier,
            @JsonProperty("disk") @JsonSetter(nulls = Nulls.SET) @Nullable Integer disk,
            @JsonProperty("virtualSize") long virtualSize,
            @JsonProperty("storedSize") long storedSize,
            @JsonAnySetter Map<String, @Nullable Object> others) {
        SortedMap<String, String> digests = new TreeMap<>();
        Arrays.stream(DigestAlgorithm.values())
                .map(DigestAlgorithm::word)
                .filter(word -> others.get(word) instanceof String)
                .forEach(word -> digests.put(word, Objects.toString(others.get(word))));
        return new ArtifactEntry(
                Objects.requireNonNull(file, "file"),
                Objects.requireNonNull(format, "format"),
                Objects.requireNonNull(classifier, "classifier"),
                disk,
                virtualSize,
                storedSize,
                digests);
    }
}
