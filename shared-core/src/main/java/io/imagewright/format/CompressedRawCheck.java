package io.imagewright.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

import com.github.luben.zstd.ZstdInputStream;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks a compressed disk to its end, and keeps nothing of it. */
final class CompressedRawCheck {

    private static final int PIECE = 1 << 20;

    /** KiB; the highest level of xz needs 65 MiB. */
    private static final int XZ_MEMORY = 256 << 10;

    private CompressedRawCheck() {}

    static List<String> findings(Path file, StreamCompression compression, long size, LongConsumer bytesDone)
            throws IOException {
        long unpacked = 0;
        try (InputStream packed = new BufferedInputStream(Files.newInputStream(file), PIECE)) {
            byte[] piece = new byte[PIECE];
            InputStream in = open(packed, compression);
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw ImageException.of(Kind.CANCELLED, "Stopped unpacking " + file, "the build was cancelled", "");
                }
                unpacked += count;
                bytesDone.accept(Math.min(unpacked, size));
                if (unpacked > size) {
                    return List.of("its disk has more than the " + size + " bytes that are noted");
                }
            }
        } catch (IOException damaged) {
            return List.of("it cannot be unpacked behind byte " + unpacked + " of its disk ("
                    + String.valueOf(damaged.getMessage()).replaceAll("\\p{Cntrl}", "?") + ")");
        }
        return unpacked == size ? List.of() : List.of("its disk has " + unpacked + " bytes, noted are " + size);
    }

    private static InputStream open(InputStream packed, StreamCompression compression) throws IOException {
        return switch (compression) {
            case GZIP ->
                GzipCompressorInputStream.builder()
                        .setInputStream(packed)
                        .setDecompressConcatenated(true)
                        .get();
            case XZ -> new XZInputStream(packed, XZ_MEMORY);
            case ZSTD -> new ZstdInputStream(packed);
        };
    }
}
