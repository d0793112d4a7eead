package io.imagewright.guest;

/** Content that is in memory. */
@SuppressWarnings("ArrayRecordComponent") // never compared; its one maker gives a copy
record BytesContent(byte[] bytes) implements FileContent {

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int read(long offset, byte[] into) {
        if (offset >= bytes.length) {
            return 0;
        }
        int count = (int) Math.min(into.length, bytes.length - offset);
        System.arraycopy(bytes, (int) offset, into, 0, count);
        return count;
    }
}
