package io.imagewright.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.Extent;
import io.imagewright.disk.LayoutReader;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.exec.Exec;
import org.jspecify.annotations.Nullable;

/** The one pass over a disk that feeds all writers. */
final class Pass implements AutoCloseable {

    private final DiskLayout layout;
    private final List<DigestAlgorithm> digests;
    private final int threads;
    private final Exec exec;
    private final GuestInfo guest;
    private final BufferPool buffers = new BufferPool();

    /** Of the guest's tar, when that is what is read. */
    private final TarCheck check;

    /** The last opened first. */
    private final Deque<Runnable> closings = new ArrayDeque<>();

    Pass(DiskLayout layout, List<DigestAlgorithm> digests, GuestInfo guest, int threads, Exec exec) {
        this.exec = exec;
        this.guest = guest;
        this.layout = layout;
        this.check = new TarCheck(layout.size());
        this.digests = digests;
        this.threads = threads;
    }

    List<WrittenOutput> run(List<OutputTarget> targets, LongConsumer position) throws InterruptedException {
        Map<Encoding, List<Path>> groups = targets.stream()
                .collect(Collectors.groupingBy(
                        OutputTarget::encoding,
                        LinkedHashMap::new,
                        Collectors.mapping(OutputTarget::path, Collectors.toList())));
        targets.forEach(target -> target.output().requireHolds(layout.size()));
        Optional<Path> scratch = scratch(groups);
        Map<Encoding, OutputWriter> writers = new LinkedHashMap<>();
        groups.forEach((encoding, paths) -> {
            if (!encoding.isConverted()) {
                writers.put(encoding, writer(encoding, paths, null, digests));
            }
        });
        scratch.ifPresent(
                path -> writers.put(RawEncoding.WHOLE, writer(RawEncoding.WHOLE, List.of(path), null, List.of())));
        groups.forEach((encoding, paths) -> {
            if (encoding.isConverted()) {
                Path raw = scratch.orElseGet(() ->
                        Objects.requireNonNull(groups.get(RawEncoding.WHOLE)).get(0));
                writers.put(encoding, writer(encoding, List.of(paths.get(0)), raw, digests));
            }
        });
        Collection<OutputWriter> fed = new ArrayList<>();
        boolean tree = targets.get(0).output().format().holdsTree();
        if (tree) {
            fed.add(check);
        }
        fed.addAll(writers.values());
        feed(fed, position);
        if (tree) {
            check.finish();
        }
        Map<Encoding, OutputWriter.Written> written = new HashMap<>();
        for (Map.Entry<Encoding, OutputWriter> writer : writers.entrySet()) {
            written.put(writer.getKey(), writer.getValue().finish());
        }
        return targets.stream()
                .map(target -> result(target, Objects.requireNonNull(written.get(target.encoding()))))
                .toList();
    }

    /** A raw disk for those that are made of one, when none is asked for. */
    private Optional<Path> scratch(Map<Encoding, List<Path>> groups) {
        Optional<Path> converted = groups.entrySet().stream()
                .filter(group -> group.getKey().isConverted())
                .map(group -> group.getValue().get(0))
                .findFirst()
                .filter(path -> !groups.containsKey(RawEncoding.WHOLE));
        Optional<Path> scratch = converted.map(path -> path.resolveSibling("." + path.getFileName() + ".raw"));
        scratch.ifPresent(path -> closings.addFirst(() -> remove(path)));
        return scratch;
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OutputWriter writer(
            Encoding encoding, List<Path> paths, @Nullable Path raw, List<DigestAlgorithm> algorithms) {
        OutputWriter writer = encoding.open(new WriterSetup(
                paths, raw, layout.size(), guest, check::filesWithLists, threads, buffers, exec, algorithms, closings));
        closings.addFirst(writer::close);
        return writer;
    }

    private static WrittenOutput result(OutputTarget target, OutputWriter.Written written) {
        return new WrittenOutput(
                target.output(),
                target.path(),
                written.virtualSize(),
                written.storedSize(),
                written.digests(),
                written.remarks());
    }

    private void feed(Collection<OutputWriter> writers, LongConsumer position) throws InterruptedException {
        try (LayoutReader reader = new LayoutReader(layout)) {
            int alignment =
                    writers.stream().mapToInt(OutputWriter::alignment).max().orElse(OutputWriter.ALIGNMENT);
            long done = 0;
            for (Optional<Extent> data = reader.nextData(done); data.isPresent(); data = reader.nextData(done)) {
                long offset = data.get().offset() / alignment * alignment;
                done = feed(reader, offset, data.get().end(), alignment, writers);
                position.accept(done);
            }
        } catch (IOException e) {
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot read the working copy",
                    FileFailure.reason(e),
                    "Check the work directory and the disk below it.",
                    e);
        }
        position.accept(layout.size());
    }

    /** Reads from the offset up to the next multiple of the buffers' size or, rounded up, the end of the data. Gives where it stopped. */
    private long feed(LayoutReader reader, long offset, long dataEnd, int alignment, Collection<OutputWriter> writers)
            throws IOException, InterruptedException {
        long roundedEnd = (dataEnd + alignment - 1) / alignment * alignment;
        long bufferEnd = (offset / BufferPool.SIZE + 1) * BufferPool.SIZE;
        long end = Math.min(layout.size(), Math.min(roundedEnd, bufferEnd));
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        BufferPool.Shared buffer = buffers.take();
        reader.read(offset, buffer.bytes().limit((int) (end - offset)));
        buffer.bytes().flip();
        for (OutputWriter writer : writers) {
            writer.data(offset, buffer);
        }
        buffer.release();
        return end;
    }

    @Override
    public void close() {
        Closing.all(List.copyOf(closings));
    }
}
