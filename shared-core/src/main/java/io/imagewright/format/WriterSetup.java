package io.imagewright.format;

import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.Digests;
import io.imagewright.exec.Exec;
import org.jspecify.annotations.Nullable;

/**
 * What a writer is opened with. The file and the digests that it takes from here are closed by the pass.
 *
 * @param paths that get the same bytes; at least one
 * @param raw the raw disk, which is whole before such a writer finishes; null for one that is fed
 * @param size bytes of the disk, or of the guest's tar
 * @param filesWithLists how many of the guest's files have an access control list; known in the end
 * @param threads that may compress
 * @param buffers for a second look at the file
 * @param closings gets what closes them, the last opened first
 */
record WriterSetup(
        List<Path> paths,
        @Nullable Path raw,
        long size,
        GuestInfo guest,
        IntSupplier filesWithLists,
        int threads,
        BufferPool buffers,
        Exec exec,
        List<DigestAlgorithm> algorithms,
        Deque<Runnable> closings) {

    /** The first of the paths. */
    Path path() {
        return paths.get(0);
    }

    /** Creates the file, which is all of the paths. */
    OutputFile file() {
        OutputFile file = OutputFile.create(paths);
        closings.addFirst(file::close);
        return file;
    }

    /** Starts the digests of the file. */
    Digests digests() {
        Digests digests = Digests.start(algorithms);
        closings.addFirst(digests::close);
        return digests;
    }

    /** Makes files of the raw disk. */
    QemuConversion conversion() {
        if (raw == null) {
            throw new IllegalStateException("no raw disk for " + path());
        }
        return new QemuConversion(exec, raw, size);
    }
}
