package io.imagewright.format;

/** {@code tgz} and {@code tar.zst}: the guest's files as a tar, compressed. */
final class CompressedTarFormat extends CompressedFormat {

    CompressedTarFormat(String word, StreamCompression compression) {
        super(word, Content.TREE, compression);
    }
}
