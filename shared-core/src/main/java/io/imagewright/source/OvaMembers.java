package io.imagewright.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

import io.imagewright.disk.SparseFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarFile;

/** Finds plain files in an OVA. They are looked up by name there, and nowhere else. */
final class OvaMembers {

    private static final int LARGEST_TEXT = 4 << 20;

    private OvaMembers() {}

    /** Opens an archive that has no more members than a machine's. */
    static TarFile open(Path archive) throws IOException {
        try (SparseFile file = SparseFile.openRead(archive)) {
            OvaScan.require(file);
        }
        return new TarFile(archive.toFile());
    }

    static TarArchiveEntry get(TarFile tar, String name) throws IOException {
        List<TarArchiveEntry> found = tar.getEntries().stream()
                .filter(entry -> entry.getName().equals(name))
                .toList();
        String printable = name.replaceAll("\\p{Cntrl}", "?");
        if (found.isEmpty()) {
            throw new IOException("it names " + printable + ", which is not in it");
        }
        if (found.size() > 1 || !isPlain(found.get(0))) {
            throw new IOException(printable + " is no plain file in it, or is there twice");
        }
        return found.get(0);
    }

    /** The plain files whose names end so. */
    static List<TarArchiveEntry> ending(TarFile tar, String end) {
        return tar.getEntries().stream()
                .filter(entry -> entry.getName().endsWith(end) && isPlain(entry))
                .toList();
    }

    static InputStream text(TarFile tar, TarArchiveEntry entry) throws IOException {
        if (entry.getSize() > LARGEST_TEXT) {
            throw new IOException(entry.getName().replaceAll("\\p{Cntrl}", "?") + " is too large");
        }
        return tar.getInputStream(entry);
    }

    private static boolean isPlain(TarArchiveEntry entry) {
        byte type = entry.getLinkFlag();
        return (type == TarConstants.LF_NORMAL || type == TarConstants.LF_OLDNORM) && !entry.isSparse();
    }
}
