package io.imagewright.jenkins;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.error.ImageException;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.BuildRecord;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.report.ReportPictures;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A finished image as its build keeps it: manifest and record of the build, as texts, so that a later version of the plugin reads what an older one
 * wrote. Both come from an agent, and are shown as what anybody may have written.
 */
@ExportedBean(defaultVisibility = 2)
public final class ImageRecord {

    private final String manifestJson;
    private final String buildJson;
    private transient @Nullable ImageManifest parsed;

    ImageRecord(String manifestJson, String buildJson) {
        this.manifestJson = manifestJson;
        this.buildJson = buildJson;
        manifest();
    }

    /** @throws ImageException when it is none that this version reads */
    ImageManifest manifest() {
        ImageManifest manifest = parsed;
        if (manifest == null) {
            manifest = ManifestFile.parse("of the image", manifestJson);
            parsed = manifest;
        }
        return manifest;
    }

    boolean isReadable() {
        try {
            manifest();
            return true;
        } catch (ImageException ofAnotherVersion) {
            return false;
        }
    }

    private @Nullable BuildRecord build() {
        try {
            return buildJson.isEmpty() ? null : BuildRecord.parse("of the build", buildJson);
        } catch (ImageException unknown) {
            return null;
        }
    }

    @Exported
    public String getName() {
        return manifest().name();
    }

    @Exported
    public String getVersion() {
        return manifest().version();
    }

    /** What inspection found, for example {@code Debian GNU/Linux 12}. */
    @Exported
    public String getProduct() {
        return manifest().facts().getOrDefault("product", "");
    }

    /** The image's files. */
    @Exported(inline = true)
    public List<ImageFile> getFiles() {
        List<String> published = manifest().published().stream()
                .map(ImageManifest.PublishedEntry::location)
                .toList();
        List<ImageFile> files = new ArrayList<>();
        for (ArtifactEntry artifact : manifest().artifacts()) {
            files.add(new ImageFile(artifact, published));
        }
        return files;
    }

    /** What operations did, those that changed something. */
    @Exported(inline = true)
    public List<OperationRow> getOperations() {
        return manifest().operations().stream()
                .filter(operation -> operation.changes() > 0)
                .map(operation -> new OperationRow(operation.name(), operation.changes(), operation.bytes()))
                .toList();
    }

    /** Properties in the order of their names. */
    @Exported
    public Map<String, String> getProperties() {
        return new TreeMap<>(manifest().properties());
    }

    /** The partitions of each disk, to scale: SVG that is safe to put into a page. */
    public List<String> getPartitionMaps() {
        return ReportPictures.partitionMaps(manifest());
    }

    /** Where the bytes lie: SVG that is safe to put into a page. */
    public String getTreemap() {
        return ReportPictures.treemap(manifest(), build());
    }

    /** Before and after: SVG that is safe to put into a page. */
    public String getSizes() {
        return ReportPictures.sizes(manifest(), build());
    }

    /** Bytes that its files take. */
    long storedSize() {
        return manifest().artifacts().stream()
                .mapToLong(ArtifactEntry::storedSize)
                .sum();
    }
}
