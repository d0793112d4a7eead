package io.imagewright.checksum;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongConsumer;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** Digests of a finished file, all in one read. */
public final class FileDigest {

    private static final int PIECE = 1 << 20;
    private static final int BUFFERS = 8;

    private FileDigest() {}

    /**
     * Reads the file.
     *
     * @param bytesDone receives the bytes read so far, now and then
     * @return hexadecimal digest by algorithm word
     * @throws IOException when the file cannot be read
     * @throws ImageException CANCELLED when the thread is interrupted
     */
    public static Map<String, String> of(Path file, List<DigestAlgorithm> algorithms, LongConsumer bytesDone)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file);
                Digests digests = Digests.start(algorithms)) {
            BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(BUFFERS);
            for (int i = 0; i < BUFFERS; i++) {
                free.add(ByteBuffer.allocateDirect(PIECE));
            }
            long done = 0;
            for (ByteBuffer buffer = free.take().clear();
                    channel.read(buffer) >= 0;
                    buffer = free.take().clear()) {
                ByteBuffer full = buffer.flip();
                done += full.remaining();
                digests.update(full, () -> free.add(full));
                bytesDone.accept(done);
            }
            return digests.finish();
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw ImageException.of(
                    Kind.CANCELLED, "Stopped reading " + file, "the build was cancelled", "", cancelled);
        }
    }
}
