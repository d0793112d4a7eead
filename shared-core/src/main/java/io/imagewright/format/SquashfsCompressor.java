package io.imagewright.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/** Compresses blocks, each for itself. Thread-safe, but {@link #close}, which comes when no thread uses it any more. */
final class SquashfsCompressor implements AutoCloseable {

    private final SquashfsOptions options;

    /** Making one takes longer than a small block. */
    private final Queue<ZstdCompressCtx> idle = new ConcurrentLinkedQueue<>();

    SquashfsCompressor(SquashfsOptions options) {
        this.options = options;
    }

    /** The first bytes as a block; it may keep the array. */
    SquashfsBlock compress(byte[] bytes, int length) {
        SquashfsBlock compressed = switch (options.compression()) {
            case ZSTD -> zstd(bytes, length);
            case XZ -> xz(bytes, length);
        };
        return compressed.length() < length ? compressed : new SquashfsBlock(ByteBuffer.wrap(bytes, 0, length), true);
    }

    /** A frame that records the length of its content, as Linux wants it. */
    private SquashfsBlock zstd(byte[] bytes, int length) {
        ZstdCompressCtx used = idle.poll();
        ZstdCompressCtx context = used == null ? new ZstdCompressCtx() : used;
        context.setLevel(options.level()).setChecksum(false).setContentSize(true);
        byte[] target = new byte[(int) Zstd.compressBound(length)];
        int size = context.compressByteArray(target, 0, target.length, bytes, 0, length);
        idle.add(context);
        return new SquashfsBlock(ByteBuffer.wrap(target, 0, size), false);
    }

    /** Linux reads neither another check nor a dictionary that is longer than a block. Source: Linux, {@code Documentation/staging/xz.rst}. */
    private SquashfsBlock xz(byte[] bytes, int length) {
        ByteArrayOutputStream target = new ByteArrayOutputStream(length / 2);
        try {
            LZMA2Options lzma = new LZMA2Options(options.level());
            lzma.setDictSize(SquashfsContent.BLOCK);
            try (XZOutputStream stream = new XZOutputStream(target, lzma, XZ.CHECK_CRC32)) {
                stream.write(bytes, 0, length);
            }
        } catch (IOException e) {
            throw new IllegalStateException("xz in memory", e);
        }
        return new SquashfsBlock(ByteBuffer.wrap(target.toByteArray()), false);
    }

    @Override
    public void close() {
        for (ZstdCompressCtx context = idle.poll(); context != null; context = idle.poll()) {
            context.close();
        }
    }
}
