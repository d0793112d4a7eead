package io.imagewright.jenkins;

import io.imagewright.progress.ByteCount;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What an operation did to the guest, for pages and the REST interface. */
@ExportedBean(defaultVisibility = 2)
public final class OperationRow {

    private final String name;
    private final long changes;
    private final long bytes;

    OperationRow(String name, long changes, long bytes) {
        this.name = name;
        this.changes = changes;
        this.bytes = bytes;
    }

    @Exported
    public String getName() {
        return name;
    }

    @Exported
    public long getChanges() {
        return changes;
    }

    /** Removed or written. */
    @Exported
    public long getBytes() {
        return bytes;
    }

    /** For people. Not "size", which views take for their own word. */
    public String getBytesText() {
        return ByteCount.format(bytes);
    }
}
