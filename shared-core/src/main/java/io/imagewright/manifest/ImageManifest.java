package io.imagewright.manifest;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.imagewright.guest.inspect.Facts;
import org.jspecify.annotations.Nullable;

/**
 * {@code <name>-<version>.image-manifest.json}: what an image is, what it was made from and which files it has. Reproducible: neither times nor
 * anything of the machine. A reader of this schema ignores fields that it does not know.
 *
 * @param schema {@link #SCHEMA}
 * @param name the image's
 * @param version the image's
 * @param requestSha256 of the complete description, so that a later run can find whether anything changed
 * @param tools version by name of each program and library that has a say in the bytes; of a user's own operation, by the name of its
 *     class, the digest of its jar
 * @param origin where the description comes from; null, and left out, when nothing is known
 * @param labels the user's own; left out when there are none
 * @param facts what inspection found, by name: see {@link #facts(Facts)}
 * @param properties image properties, keys upper-case
 * @param partitions of the finished disk, or disks
 * @param operations what sysprep, the actions and the seal did, in order; never what a secret is
 * @param summary what is inside; null, and left out, when nothing is known
 * @param artifacts disk by disk, of each in the order of the description's formats
 * @param sbom file name of the bill of materials; null when there is none
 * @param published where it went
 */
@JsonPropertyOrder({
    "schema",
    "name",
    "version",
    "requestSha256",
    "tools",
    "origin",
    "labels",
    "source",
    "facts",
    "properties",
    "partitions",
    "operations",
    "summary",
    "artifacts",
    "sbom",
    "published"
})
public record ImageManifest(
        String schema,
        String name,
        String version,
        String requestSha256,
        SortedMap<String, String> tools,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET) @Nullable
        ProjectOrigin origin,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        SortedMap<String, String> labels,

        Source source,
        SortedMap<String, String> facts,
        SortedMap<String, String> properties,
        List<PartitionEntry> partitions,
        List<OperationEntry> operations,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET) @Nullable
        ContentSummary summary,

        List<ArtifactEntry> artifacts,
        @JsonSetter(nulls = Nulls.SET) @Nullable String sbom,
        List<PublishedEntry> published) {

    /** The schema that this class writes and reads. */
    public static final String SCHEMA = "image-manifest/v1";

    /** Name of a fact. */
    public static final String BOOT_SIGNS = "bootSigns";

    /** Copies the collections. */
    public ImageManifest {
        tools = sorted(tools);
        labels = sorted(labels);
        facts = sorted(facts);
        properties = sorted(properties);
        partitions = List.copyOf(partitions);
        operations = List.copyOf(operations);
        artifacts = List.copyOf(artifacts);
        published = List.copyOf(published);
    }

    /**
     * The medium that the image was made from; of a guest with several disks the first one, with the others in it.
     *
     * @param file name of the medium, without a directory; null, and left out, in manifests of older versions
     * @param sha256 of the medium's file; of a raw disk, of all its parts that the image can depend on, but not of what no file system
     *     uses
     * @param format qemu's name of its format
     * @param size virtual bytes; null, and left out, where there is one disk
     * @param disks the further disks, in the guest's order; left out when there are none
     */
    @JsonPropertyOrder({"file", "sha256", "format", "size", "disks"})
    public record Source(
            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET) @Nullable
            String file,

            String sha256,
            String format,

            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET) @Nullable
            Long size,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<Source> disks) {

        /** Copies the list. */
        public Source {
            disks = List.copyOf(disks);
        }

        /** Whether this is what was looked at; of what is packed, nothing but the digest is known then. */
        public boolean matches(Source looked) {
            boolean isUnknown = looked.format().isEmpty();
            if (!sha256.equals(looked.sha256())
                    || disks.size() != looked.disks().size()) {
                return false;
            }
            for (int i = 0; i < disks.size(); i++) {
                if (!disks.get(i).matches(looked.disks().get(i))) {
                    return false;
                }
            }
            return isUnknown || (format.equals(looked.format()) && Objects.equals(size, looked.size()));
        }
    }

    /**
     * One partition of a finished disk.
     *
     * @param disk number of the disk from 1; null, and left out, where there is one
     * @param number as Linux numbers it; 0 when a file system fills the disk
     * @param type two hexadecimal digits for MBR, a lower-case GUID for GPT; empty without a table
     * @param start bytes from the start of the disk
     * @param size bytes
     * @param fileSystem blkid's word; empty when not known
     * @param uuid of the file system; empty when it has none
     * @param label of the file system; empty when it has none
     * @param partUuid PARTUUID; empty when the table has none
     * @param partLabel name of a GPT entry; empty when it has none
     */
    @JsonPropertyOrder({
        "disk",
        "number",
        "type",
        "start",
        "size",
        "fileSystem",
        "uuid",
        "label",
        "partUuid",
        "partLabel"
    })
    public record PartitionEntry(
            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET) @Nullable
            Integer disk,

            int number,
            String type,
            long start,
            long size,
            String fileSystem,
            String uuid,
            String label,
            String partUuid,
            String partLabel) {}

    /**
     * What one sysprep operation did.
     *
     * @param changes number of changes
     * @param bytes freed; of actions, written
     * @param removed what it took away; null, and left out, when it was nothing
     */
    @JsonPropertyOrder({"name", "changes", "bytes", "removed"})
    public record OperationEntry(
            String name,
            int changes,
            long bytes,

            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET) @Nullable
            RemovedEntry removed) {}

    /**
     * What an operation took away.
     *
     * @param files deleted or emptied
     * @param bytes of their content
     * @param paths directories of the image that lost most, at most 20; what is gone is not named
     */
    @JsonPropertyOrder({"files", "bytes", "paths"})
    public record RemovedEntry(long files, long bytes, List<String> paths) {

        /** Copies the list. */
        public RemovedEntry {
            paths = List.copyOf(paths);
        }
    }

    /**
     * Where the image was published.
     *
     * @param to the store, without credentials
     * @param location the image's address there
     */
    @JsonPropertyOrder({"to", "location"})
    public record PublishedEntry(String to, String location) {}

    /** The same image with these files. */
    public ImageManifest withArtifacts(List<ArtifactEntry> other) {
        return withFiles(other, sbom);
    }

    /** The same image with these files, and this bill of materials; null for none. */
    public ImageManifest withFiles(List<ArtifactEntry> other, @Nullable String materials) {
        return with(origin, other, materials);
    }

    /** The same image, described by another state of the sources. */
    public ImageManifest withOrigin(@Nullable ProjectOrigin other) {
        return with(other, artifacts, sbom);
    }

    private ImageManifest with(
            @Nullable ProjectOrigin anOrigin, List<ArtifactEntry> files, @Nullable String materials) {
        return new ImageManifest(
                schema,
                name,
                version,
                requestSha256,
                tools,
                anOrigin,
                labels,
                source,
                facts,
                properties,
                partitions,
                operations,
                summary,
                files,
                materials,
                published);
    }

    /**
     * The facts that a manifest carries: {@code osFamily}, {@code distribution}, {@code product}, {@code version}; and {@value #BOOT_SIGNS}, as
     * {@link Facts#bootSigns()} has them, of a guest that was looked into.
     */
    public static SortedMap<String, String> facts(Facts facts) {
        SortedMap<String, String> map = new TreeMap<>(Map.of(
                "osFamily", facts.osFamily(),
                "distribution", facts.distribution(),
                "product", facts.product(),
                "version", facts.version()));
        String signs = facts.bootSigns();
        if (signs != null) {
            map.put(BOOT_SIGNS, signs);
        }
        return sorted(map);
    }

    private static SortedMap<String, String> sorted(Map<String, String> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
