package io.imagewright.format;

/** {@code raw.gz}, {@code raw.xz}, {@code raw.zst}: the bytes of the disk, compressed. */
final class CompressedRawFormat extends CompressedFormat {

    CompressedRawFormat(String word, StreamCompression compression) {
        super(word, Content.DISK, compression);
    }
}
