package io.imagewright.guest.direct;

import io.imagewright.guest.FileContent;

/** A regular file by its inode. It holds nothing open, so that nobody has to close it. */
record ExtFile(ExtFileSystem fs, int inode, long size) implements FileContent {

    @Override
    public int read(long offset, byte[] into) {
        int count = (int) Math.max(0, Math.min(into.length, size - offset));
        return count == 0 ? 0 : fs.content().read(inode, offset, into, count);
    }
}
