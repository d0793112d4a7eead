package io.imagewright.format;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;

/**
 * A tar that is put together in a file. A header is written when its entry's content is: its name may be the content's digest. Sizes
 * beyond 8 GiB are written as GNU tar and Go do it, in 512 bytes like the others.
 */
final class TarFile {

    static final int RECORD = 512;

    private final OutputFile file;
    private final long timestamp;
    private long position;

    /** @param timestamp seconds since the epoch, of every entry */
    TarFile(OutputFile file, long timestamp) {
        this.file = file;
        this.timestamp = timestamp;
    }

    /** A directory, its name with a slash at the end. */
    TarFile directory(String name) {
        position = header(new TarArchiveEntry(name), position);
        return this;
    }

    /** A whole file. */
    void file(String name, byte[] content) {
        file.write(begin(), ByteBuffer.wrap(content));
        end(new TarArchiveEntry(name), content.length);
    }

    /** Leaves room for a header and gives the offset of the content behind it. */
    long begin() {
        return position + RECORD;
    }

    /** Writes the header of the content that is there now. */
    void end(TarArchiveEntry entry, long size) {
        entry.setSize(size);
        position = header(entry, position) + (size + RECORD - 1) / RECORD * RECORD;
    }

    /** Two records of zeros end it. Gives its bytes. */
    long finish() {
        file.write(position, ByteBuffer.allocate(2 * RECORD));
        position += 2 * RECORD;
        return position;
    }

    private long header(TarArchiveEntry entry, long offset) {
        byte[] header = new byte[RECORD];
        try {
            entry.setModTime(timestamp * 1000);
            entry.writeEntryHeader(header, ZipEncodingHelper.getZipEncoding("UTF-8"), true);
        } catch (IOException e) {
            throw new IllegalStateException("a header in memory", e);
        }
        file.write(offset, ByteBuffer.wrap(header));
        return offset + RECORD;
    }
}
