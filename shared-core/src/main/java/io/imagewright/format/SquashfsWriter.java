package io.imagewright.format;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.checksum.Digests;
import io.imagewright.disk.DiskFull;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.exec.Command;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.ExitStatus;
import io.imagewright.exec.FedProgram;
import io.imagewright.exec.Limits;

/**
 * A squashfs that tar2sqfs(1) makes of the guest's tar, which it is fed while the pass reads it. It keeps owners, devices, hard links and
 * extended attributes without being root, and gives the same bytes on any number of processors; mksquashfs 4.5 refuses some pax headers. The digests
 * take a look at the finished file.
 */
final class SquashfsWriter implements OutputWriter {

    static final String PROGRAM = "tar2sqfs";

    /** For a piece of the tar, and for the tables after the last one. */
    private static final Duration SLOWEST = Duration.ofMinutes(15);

    /** Names and inodes of the whole tree, and what each thread needs. */
    private static final long MEMORY = 6L << 30;

    private static final long THREAD_MEMORY = 256L << 20;

    /** It has no room for these extended attributes; all others are of the kinds user, trusted and security. */
    private static final String LEFT_OUT = "WARNING: squashfs does not support xattr prefix of ";

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 16).asReadOnlyBuffer();

    private final Path target;
    private final long size;
    private final IntSupplier filesWithLists;
    private final BufferPool buffers;
    private final Digests digests;
    private final FedProgram program;
    private long fed;

    /**
     * Starts the program.
     *
     * @param size bytes of the guest's tar
     * @param filesWithLists how many files have an access control list, for which a squashfs has no room either; known in the end
     * @param timestamp seconds since the epoch, of the file system
     * @param buffers for the second look
     */
    SquashfsWriter(
            Path target,
            long size,
            SquashfsOptions options,
            IntSupplier filesWithLists,
            long timestamp,
            int threads,
            BufferPool buffers,
            Digests digests) {
        this.target = target;
        this.size = size;
        this.filesWithLists = filesWithLists;
        this.buffers = buffers;
        this.digests = digests;
        this.program = FedProgram.start(new Command(
                List.of(
                        PROGRAM,
                        "--quiet",
                        "--force",
                        "--compressor",
                        OptionValues.word(options.compression()),
                        "--comp-extra",
                        "level=" + options.level(),
                        "--num-jobs",
                        Integer.toString(threads),
                        target.toAbsolutePath().toString()),
                Map.of("SOURCE_DATE_EPOCH", Long.toString(timestamp)),
                new Limits(SLOWEST, Duration.ZERO, MEMORY + threads * THREAD_MEMORY)));
    }

    @Override
    public void data(long offset, BufferPool.Shared data) throws InterruptedException {
        zerosUpTo(offset);
        feed(data.bytes(), data.retain()::release);
        fed = offset + data.bytes().remaining();
    }

    private void zerosUpTo(long offset) throws InterruptedException {
        while (fed < offset) {
            int count = (int) Math.min(ZEROS.capacity(), offset - fed);
            feed(ZEROS.duplicate().limit(count), () -> {});
            fed += count;
        }
    }

    private void feed(ByteBuffer bytes, Runnable done) throws InterruptedException {
        if (!program.feed(bytes, done)) {
            throw failure(program.finish());
        }
    }

    @Override
    public Written finish() throws InterruptedException {
        zerosUpTo(size);
        ExecResult result = program.finish();
        boolean whole = result.stderr().lines().allMatch(line -> line.startsWith(LEFT_OUT) || line.isBlank());
        if (result.exitCode() != 0 || !whole) {
            throw failure(result);
        }
        try (OutputFile file = OutputFile.existing(target)) {
            long length = file.size();
            file.finish(length);
            return new Written(
                    size,
                    length,
                    SecondLook.digest(file, length, buffers, digests),
                    Stream.concat(remark("access control lists", filesWithLists.getAsInt()), remarks(result.stderr()))
                            .toList());
        }
    }

    private Stream<String> remarks(String stderr) {
        Map<String, Long> leftOut = stderr.lines()
                .filter(line -> line.startsWith(LEFT_OUT))
                .collect(Collectors.groupingBy(
                        line -> line.substring(LEFT_OUT.length()), TreeMap::new, Collectors.counting()));
        return leftOut.entrySet().stream()
                .flatMap(entry -> remark("extended attribute " + entry.getKey(), entry.getValue()));
    }

    /** Nothing is left out silently. */
    private Stream<String> remark(String what, long files) {
        String count = files == 1 ? "one file" : files + " files";
        return files == 0
                ? Stream.of()
                : Stream.of(target.getFileName() + " is without the " + what + " of " + count
                        + ", for which squashfs has no room.");
    }

    private ImageException failure(ExecResult result) {
        if (DiskFull.isSaidIn(result.stderr())
                || DiskFull.isFull(target.toAbsolutePath().resolveSibling("."))) {
            return DiskFull.error(target);
        }
        String said = result.stderr()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(LEFT_OUT))
                .reduce((first, last) -> last)
                .orElseGet(() -> "nothing (" + ExitStatus.describe(result.exitCode()) + ")");
        return ImageException.of(
                Kind.ENVIRONMENT,
                "Cannot write " + target,
                PROGRAM + " says: " + said,
                "Check its directory and the disk below it, and the machine's memory.");
    }

    @Override
    public void close() {
        program.close();
    }
}
