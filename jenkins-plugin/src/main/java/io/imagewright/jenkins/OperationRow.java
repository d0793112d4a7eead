package io.imagewright.jenkins;

import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What an operation did to the guest, for pages and the REST interface. */
@ExportedBean(defaultVisibility = 2)
public final class OperationRow {

    private final String name;
    private final long changes;
    private final String bytesText;

    OperationRow(String name, long changes, String bytesText) {
        this.name = name;
        this.changes = changes;
        this.bytesText = bytesText;
    }

    @Exported
    public String getName() {
        return name;
    }

    @Exported
    public long getChanges() {
        return changes;
    }

    /** For people: bytes removed or written. Not "size", which views take for their own word. */
    @Exported
    public String getBytesText() {
        return bytesText;
    }
}
