package io.imagewright.format;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

import io.imagewright.checksum.Digests;

/**
 * A squashfs 4.0 of the guest's tar, made while the pass reads it: with owners, devices, hard links, extended attributes and holes, and the same bytes on any
 * number of processors. The digests take a second look: the superblock in front is written last.
 */
final class SquashfsWriter implements OutputWriter, TarStream.Receiver {

    private final Path target;
    private final OutputFile file;
    private final long size;
    private final SquashfsOptions options;
    private final IntSupplier filesWithLists;
    private final long timestamp;
    private final BufferPool buffers;
    private final Digests digests;

    private final TarStream tar = new TarStream(this);
    private final SquashfsCompressor compressor;
    private final SquashfsContent content;
    private final SquashfsAttributes attributes;
    private final SquashfsTree tree;
    private long read;

    /** Takes the content that comes. */
    private Optional<SquashfsFile> current = Optional.empty();

    /**
     * Begins.
     *
     * @param target named in remarks
     * @param size bytes of the guest's tar
     * @param filesWithLists how many files have an access control list, for which a squashfs has no room; known in the end
     * @param timestamp seconds since the epoch, of the file system
     * @param buffers for the second look
     */
    SquashfsWriter(
            Path target,
            OutputFile file,
            long size,
            SquashfsOptions options,
            IntSupplier filesWithLists,
            long timestamp,
            int threads,
            BufferPool buffers,
            Digests digests) {
        this.target = target;
        this.file = file;
        this.size = size;
        this.options = options;
        this.filesWithLists = filesWithLists;
        this.timestamp = timestamp;
        this.buffers = buffers;
        this.digests = digests;
        this.compressor = new SquashfsCompressor(options);
        this.content = new SquashfsContent(file, SquashfsTables.FRONT, compressor, threads);
        this.attributes = new SquashfsAttributes(compressor);
        this.tree = new SquashfsTree(attributes, timestamp);
    }

    @Override
    public void data(long offset, BufferPool.Shared data) throws InterruptedException {
        ByteBuffer bytes = data.bytes().duplicate();
        tar.zeros(offset - read);
        read = offset + bytes.remaining();
        tar.data(bytes);
    }

    @Override
    public void entry(TarEntry entry) {
        current = tree.add(entry);
    }

    @Override
    public void data(ByteBuffer bytes) throws InterruptedException {
        content.data(current.orElseThrow(), bytes);
    }

    @Override
    public void zeros(long length) throws InterruptedException {
        content.zeros(current.orElseThrow(), length);
    }

    @Override
    public void end() throws InterruptedException {
        content.end(current.orElseThrow());
    }

    @Override
    public Written finish() throws InterruptedException {
        tar.zeros(size - read);
        tar.end();
        long start = content.finish();
        long length = new SquashfsTables(file, compressor, start)
                .write(tree, attributes, content.fragments(), options, timestamp);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        file.finish(length);
        return new Written(size, length, SecondLook.digest(file, length, buffers, digests), remarks());
    }

    /** Nothing is left out silently. */
    private List<String> remarks() {
        Stream<String> names = attributes.leftOut().entrySet().stream()
                .flatMap(entry -> remark("extended attribute " + entry.getKey(), entry.getValue()));
        return Stream.concat(remark("access control lists", filesWithLists.getAsInt()), names)
                .toList();
    }

    private Stream<String> remark(String what, long files) {
        String count = files == 1 ? "one file" : files + " files";
        return files == 0
                ? Stream.of()
                : Stream.of(target.getFileName() + " is without the " + what + " of " + count
                        + ", for which squashfs has no room.");
    }

    @Override
    public void close() {
        Closing.all(List.of(content::close, compressor::close));
    }
}
