package io.imagewright;

import java.util.List;
import java.util.SortedMap;

import io.imagewright.api.ImageEntry;
import io.imagewright.api.OperationEffect;
import io.imagewright.api.SizePoint;
import io.imagewright.error.ImageException;
import io.imagewright.manifest.BuildRecord;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.report.ReportPictures;
import io.imagewright.report.SizeTrend;
import org.jspecify.annotations.Nullable;

/**
 * What manifest and record of a build describe, as texts that anybody may have written: for pages of a front end that
 * has not got the files. Immutable.
 */
public final class ImageDocument {

    private final ImageManifest manifest;

    /** Parsed when it is asked for, as it may be large. */
    private final String build;

    private ImageDocument(ImageManifest manifest, String build) {
        this.manifest = manifest;
        this.build = build;
    }

    /**
     * Reads the manifest.
     *
     * @param build the record of the build; one that is empty, or that this version does not read, counts as unknown
     * @throws ImageException SOURCE when it is no manifest, UNSUPPORTED when it is one of another schema
     */
    public static ImageDocument parse(String manifest, String build) {
        return new ImageDocument(ManifestFile.parse("of the image", manifest), build);
    }

    /** As the image is called. */
    public String name() {
        return manifest.name();
    }

    public String version() {
        return manifest.version();
    }

    /** What inspection found, for example {@code Debian GNU/Linux 12}; empty when that is unknown. */
    public String product() {
        return manifest.facts().getOrDefault("product", "");
    }

    /** The image's files, in the order of the manifest. */
    public List<ImageEntry> files() {
        return manifest.artifacts().stream()
                .map(file -> new ImageEntry(
                        file.file(), file.format(), file.virtualSize(), file.storedSize(), file.digests()))
                .toList();
    }

    /** Addresses at which the image was published. */
    public List<String> locations() {
        return manifest.published().stream()
                .map(ImageManifest.PublishedEntry::location)
                .toList();
    }

    /** What each operation did, in the order in which they ran. */
    public List<OperationEffect> operations() {
        return manifest.operations().stream()
                .map(operation -> new OperationEffect(operation.name(), operation.changes(), operation.bytes()))
                .toList();
    }

    /** Properties in the order of their names. */
    public SortedMap<String, String> properties() {
        return manifest.properties();
    }

    /** The partitions of each disk, to scale: SVG that is safe to put into a page. */
    public List<String> partitionMaps() {
        return ReportPictures.partitionMaps(manifest);
    }

    /** Where the bytes lie: SVG that is safe to put into a page. */
    public String treemap() {
        return ReportPictures.treemap(manifest, build());
    }

    /** Before and after: SVG that is safe to put into a page. */
    public String sizes() {
        return ReportPictures.sizes(manifest, build());
    }

    /**
     * Sizes over builds, a line for each image: SVG that is safe to put into a page; empty without two builds to
     * compare.
     */
    public static String sizeTrend(List<SizePoint> points) {
        return SizeTrend.of(points);
    }

    private @Nullable BuildRecord build() {
        try {
            return build.isEmpty() ? null : BuildRecord.parse("of the build", build);
        } catch (ImageException unknown) {
            return null;
        }
    }
}
