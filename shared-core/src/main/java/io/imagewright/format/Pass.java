package io.imagewright.format;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.Digests;
import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.Extent;
import io.imagewright.disk.LayoutReader;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** The one pass over a disk that feeds all writers. */
final class Pass implements AutoCloseable {

    private final DiskLayout layout;
    private final List<DigestAlgorithm> digests;
    private final int threads;
    private final BufferPool buffers = new BufferPool();

    /** The last opened first. */
    private final Deque<Runnable> closings = new ArrayDeque<>();

    Pass(DiskLayout layout, List<DigestAlgorithm> digests, int threads) {
        this.layout = layout;
        this.digests = digests;
        this.threads = threads;
    }

    /** What the bytes of an output depend on: outputs that are equal in it get the same bytes. */
    private record Content(FormatType format, SortedMap<String, String> options) {

        static Content of(OutputTarget target) {
            FormatType format = target.output().format();
            return new Content(
                    format == FormatType.DISKDUMP ? FormatType.RAW : format,
                    target.output().options());
        }
    }

    List<WrittenOutput> run(List<OutputTarget> targets, LongConsumer position) throws InterruptedException {
        Map<Content, List<OutputTarget>> groups =
                targets.stream().collect(Collectors.groupingBy(Content::of, LinkedHashMap::new, Collectors.toList()));
        Map<Content, OutputWriter> writers = new LinkedHashMap<>();
        groups.forEach((content, group) -> writers.put(content, writer(content, group)));
        feed(writers.values(), position);
        Map<Content, OutputWriter.Written> written = new HashMap<>();
        for (Map.Entry<Content, OutputWriter> writer : writers.entrySet()) {
            written.put(writer.getKey(), writer.getValue().finish());
        }
        return targets.stream()
                .map(target -> result(target, Objects.requireNonNull(written.get(Content.of(target)))))
                .toList();
    }

    private OutputWriter writer(Content content, List<OutputTarget> group) {
        OutputFile file =
                OutputFile.create(group.stream().map(OutputTarget::path).toList());
        closings.addFirst(file::close);
        Digests digest = Digests.start(digests);
        closings.addFirst(digest::close);
        OutputWriter writer = switch (content.format()) {
            case DISKDUMP, RAW -> new RawWriter(file, layout.size(), digest);
            case QCOW2 ->
                new Qcow2Writer(file, layout.size(), Qcow2Options.of(content.options()), threads, buffers, digest);
        };
        closings.addFirst(writer::close);
        return writer;
    }

    private static WrittenOutput result(OutputTarget target, OutputWriter.Written written) {
        return new WrittenOutput(
                target.output(), target.path(), written.virtualSize(), written.storedSize(), written.digests());
    }

    private void feed(Collection<OutputWriter> writers, LongConsumer position) throws InterruptedException {
        try (LayoutReader reader = new LayoutReader(layout)) {
            long done = 0;
            for (Optional<Extent> data = reader.nextData(done); data.isPresent(); data = reader.nextData(done)) {
                long offset = data.get().offset() / OutputWriter.ALIGNMENT * OutputWriter.ALIGNMENT;
                done = feed(reader, offset, data.get().end(), writers);
                position.accept(done);
            }
        } catch (IOException e) {
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot read the finished disk",
                    "" + e.getMessage(),
                    "Check the work directory and the disk below it.",
                    e);
        }
        position.accept(layout.size());
    }

    /** Reads from the offset up to the next multiple of the buffers' size or, rounded up, the end of the data. Gives where it stopped. */
    private long feed(LayoutReader reader, long offset, long dataEnd, Collection<OutputWriter> writers)
            throws IOException, InterruptedException {
        long roundedEnd = (dataEnd + OutputWriter.ALIGNMENT - 1) / OutputWriter.ALIGNMENT * OutputWriter.ALIGNMENT;
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
