package io.imagewright.guest;

import io.imagewright.hive.MemoryFile;

/** Content of an edited registry hive. */
record SavedHive(MemoryFile file) implements FileContent {

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public int read(long offset, byte[] into) {
        return file.read(offset, into);
    }
}
