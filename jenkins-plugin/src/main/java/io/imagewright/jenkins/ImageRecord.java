package io.imagewright.jenkins;

import java.util.List;
import java.util.Map;

import io.imagewright.ImageDocument;
import io.imagewright.api.ImageEntry;
import io.imagewright.error.ImageException;
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
    private transient @Nullable ImageDocument parsed;

    ImageRecord(String manifestJson, String buildJson) {
        this.manifestJson = manifestJson;
        this.buildJson = buildJson;
        document();
    }

    /** @throws ImageException when it is none that this version reads */
    ImageDocument document() {
        ImageDocument document = parsed;
        if (document == null) {
            document = ImageDocument.parse(manifestJson, buildJson);
            parsed = document;
        }
        return document;
    }

    boolean isReadable() {
        try {
            document();
            return true;
        } catch (ImageException ofAnotherVersion) {
            return false;
        }
    }

    @Exported
    public String getName() {
        return document().name();
    }

    @Exported
    public String getVersion() {
        return document().version();
    }

    /** What inspection found, for example {@code Debian GNU/Linux 12}. */
    @Exported
    public String getProduct() {
        return document().product();
    }

    /** The image's files. */
    @Exported(inline = true)
    public List<ImageFile> getFiles() {
        List<String> published = document().locations();
        return document().files().stream()
                .map(file -> new ImageFile(file, published))
                .toList();
    }

    /** What operations did, those that changed something. */
    @Exported(inline = true)
    public List<OperationRow> getOperations() {
        return document().operations().stream()
                .filter(operation -> operation.changes() > 0)
                .map(operation -> new OperationRow(operation.name(), operation.changes(), operation.bytes()))
                .toList();
    }

    /** Properties in the order of their names. */
    @Exported
    public Map<String, String> getProperties() {
        return document().properties();
    }

    /** The partitions of each disk, to scale: SVG that is safe to put into a page. */
    public List<String> getPartitionMaps() {
        return document().partitionMaps();
    }

    /** Where the bytes lie: SVG that is safe to put into a page. */
    public String getTreemap() {
        return document().treemap();
    }

    /** Before and after: SVG that is safe to put into a page. */
    public String getSizes() {
        return document().sizes();
    }

    /** Bytes that its files take. */
    long storedSize() {
        return document().files().stream().mapToLong(ImageEntry::storedSize).sum();
    }
}
