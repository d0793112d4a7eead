package io.imagewright.format;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.LongConsumer;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.disk.DiskLayout;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.exec.Exec;

/** Writes all outputs of a disk, or of the guest's files, reading it once. */
public final class OutputWriters {

    private OutputWriters() {}

    /**
     * Writes the outputs and syncs them. Outputs of the same content are compressed and digested once. Blocks until done.
     *
     * @param layout the disk, or the tar of the guest's files, whichever all of these outputs hold
     * @param targets at least one; no path twice
     * @param digests to compute of each output
     * @param guest what writers may know
     * @param exec runs qemu-img for the formats that it writes
     * @param position receives the bytes of the disk that are done, holes included, now and then, the last time all of them
     * @return in the order of the targets
     * @throws ImageException ENVIRONMENT when the disk is full or a file cannot be written, CANCELLED when the thread is interrupted; of the
     *     outputs nothing is left then, and no thread
     */
    public static List<WrittenOutput> write(
            DiskLayout layout,
            List<OutputTarget> targets,
            List<DigestAlgorithm> digests,
            GuestInfo guest,
            Exec exec,
            LongConsumer position) {
        return write(
                layout,
                targets,
                digests,
                guest,
                exec,
                position,
                Runtime.getRuntime().availableProcessors());
    }

    static List<WrittenOutput> write(
            DiskLayout layout,
            List<OutputTarget> targets,
            List<DigestAlgorithm> digests,
            GuestInfo guest,
            Exec exec,
            LongConsumer position,
            int threads) {
        try (Pass pass = new Pass(layout, digests, guest, threads, exec)) {
            return pass.run(targets, position);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw removed(targets, cancelled(e));
        } catch (RuntimeException e) {
            throw removed(targets, e);
        }
    }

    static ImageException cancelled(Exception cause) {
        return ImageException.of(Kind.CANCELLED, "Stopped writing the outputs", "the build was cancelled", "", cause);
    }

    /** Removes what is there of the targets. */
    private static RuntimeException removed(List<OutputTarget> targets, RuntimeException failure) {
        for (OutputTarget target : targets) {
            try {
                Files.deleteIfExists(target.path());
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        return failure;
    }
}
