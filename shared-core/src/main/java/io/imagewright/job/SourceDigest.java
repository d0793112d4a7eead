package io.imagewright.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.FutureTask;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.disk.Extent;
import io.imagewright.disk.SourceImage;
import io.imagewright.disk.SparseFile;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;

/**
 * SHA-256 of what a build depends on, computed beside the other work. Of a container that is every byte of its files. Of a raw disk, whose
 * zeros and free blocks would cost minutes and change nothing, it is what the build reads, in {@link Chunks} from the start of each extent, those of
 * zeros left out: a chunk's offset and length (64 bits each, big-endian) and its bytes. Holes of the file do not count.
 */
final class SourceDigest {

    private static final int PIECE = 1 << 20;

    private static final ByteBuffer ZEROS = ByteBuffer.allocate(Chunks.SIZE).asReadOnlyBuffer();

    private final String name;
    private final FutureTask<String> task;

    private SourceDigest(String name, FutureTask<String> task) {
        this.name = name;
        this.task = task;
        Thread thread = new Thread(task, "digest the source");
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins; {@code read} are the extents that count of a raw source, in order. */
    static SourceDigest start(SourceImage source, List<Extent> read, DigestMemory memory) {
        return new SourceDigest(
                source.name(),
                new FutureTask<>(() -> source.isRaw() && !source.isUnpacked()
                        ? remembered(memory, "extents", source.files(), read, () -> ofExtents(source.path(), read))
                        : remembered(memory, "files", source.files(), List.of(), () -> ofFiles(source.files()))));
    }

    /** Begins with all bytes of a file, of whatever is in it. */
    static SourceDigest start(Path file, DigestMemory memory) {
        List<Path> files = List.of(file);
        return new SourceDigest(
                String.valueOf(file.getFileName()),
                new FutureTask<>(() -> remembered(memory, "files", files, List.of(), () -> ofFiles(files))));
    }

    private static String remembered(
            DigestMemory memory, String kind, List<Path> files, List<Extent> extents, Callable<String> computation)
            throws Exception {
        Optional<String> identity = DigestMemory.identity(kind, files, extents);
        Optional<String> known = identity.flatMap(memory::recall);
        if (known.isPresent()) {
            return known.get();
        }
        String digest = computation.call();
        // what changed meanwhile has no digest worth a note
        if (identity.isPresent() && identity.equals(DigestMemory.identity(kind, files, extents))) {
            memory.note(identity.get(), digest);
        }
        return digest;
    }

    /** The digest in hexadecimal, once it is there. */
    String await() {
        try {
            return task.get();
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw ImageException.of(
                    ImageException.Kind.CANCELLED,
                    "Stopped while " + name + " was read",
                    "the build was cancelled",
                    "");
        } catch (java.util.concurrent.ExecutionException failure) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot read " + name + " for its digest",
                    FileFailure.reason(failure.getCause() == null ? failure : failure.getCause()),
                    "Check the medium.",
                    new CompletionException(failure.getCause()));
        }
    }

    private static String ofFiles(List<Path> files) throws IOException {
        MessageDigest digest = DigestAlgorithm.SHA256.newDigest();
        ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
        for (Path file : files) {
            try (SparseFile open = SparseFile.openRead(file)) {
                update(digest, open, new Extent(0, open.size()), buffer);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String ofExtents(Path file, List<Extent> extents) throws IOException {
        MessageDigest digest = DigestAlgorithm.SHA256.newDigest();
        ByteBuffer buffer = ByteBuffer.allocateDirect(Chunks.SIZE);
        try (SparseFile open = SparseFile.openRead(file)) {
            for (Extent extent : extents) {
                for (long at = extent.offset(); at < extent.end(); at += Chunks.SIZE) {
                    buffer.clear().limit((int) Math.min(Chunks.SIZE, extent.end() - at));
                    open.read(at, buffer);
                    update(digest, at, buffer.flip());
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, long offset, ByteBuffer chunk) {
        if (chunk.mismatch(ZEROS.slice(0, chunk.limit())) >= 0) {
            digest.update(ByteBuffer.allocate(16)
                    .putLong(offset)
                    .putLong(chunk.limit())
                    .flip());
            digest.update(chunk);
        }
    }

    private static void update(MessageDigest digest, SparseFile file, Extent extent, ByteBuffer buffer)
            throws IOException {
        for (long position = extent.offset(); position < extent.end(); position += PIECE) {
            buffer.clear().limit((int) Math.min(PIECE, extent.end() - position));
            file.read(position, buffer);
            digest.update(buffer.flip());
        }
    }
}
