package io.imagewright.jenkins;

import java.util.List;

import io.imagewright.api.ImageEntry;
import io.imagewright.progress.ByteCount;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A file of an image, for pages and the REST interface. */
@ExportedBean(defaultVisibility = 2)
public final class ImageFile {

    private final ImageEntry artifact;
    private final List<String> published;

    ImageFile(ImageEntry artifact, List<String> published) {
        this.artifact = artifact;
        this.published = List.copyOf(published);
    }

    @Exported
    public String getFile() {
        return artifact.file();
    }

    @Exported
    public String getFormat() {
        return artifact.format();
    }

    /** Bytes of the disk, as a guest sees it. */
    @Exported
    public long getVirtualSize() {
        return artifact.virtualSize();
    }

    /** Bytes that the file takes. */
    @Exported
    public long getStoredSize() {
        return artifact.storedSize();
    }

    @Exported
    public String getSha256() {
        return artifact.digests().getOrDefault("sha256", "");
    }

    /** Where it is, beside the build. */
    @Exported
    public List<String> getPublished() {
        return published;
    }

    /** For people. */
    public String getVirtualText() {
        return ByteCount.format(artifact.virtualSize());
    }

    /** For people. */
    public String getStoredText() {
        return ByteCount.format(artifact.storedSize());
    }
}
