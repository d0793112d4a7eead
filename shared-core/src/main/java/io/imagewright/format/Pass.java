package io.imagewright.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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

    /**
     * What the bytes of an output depend on: outputs that are equal in it get the same bytes.
     *
     * @param name that is in the file, or that its id is made of; empty for none
     * @param window the part of the disk; null for all of it
     */
    private record Content(
            FormatType format,
            SortedMap<String, String> options,
            String name,
            @Nullable Extent window) {

        private static final Content RAW = new Content(FormatType.RAW, Collections.emptySortedMap(), "");

        Content(FormatType format, SortedMap<String, String> options, String name) {
            this(format, options, name, null);
        }

        static Content of(OutputTarget target) {
            FormatType format = target.output().format();
            return switch (format) {
                case DISKDUMP, RAW -> RAW;
                case EXTDUMP, NTFSDUMP ->
                    new Content(FormatType.RAW, Collections.emptySortedMap(), "", target.window());
                case TAR, TGZ, TAR_ZST, OCI, DOCKER, CONTAINERDISK, RAW_GZ, RAW_XZ, RAW_ZST, QCOW2 ->
                    new Content(format, target.output().options(), "");
                case VMDK, OVA, VHD, VHDX, VDI, SQUASHFS ->
                    new Content(
                            format,
                            target.output().options(),
                            String.valueOf(target.path().getFileName()));
            };
        }

        boolean isConverted() {
            return format.isConverted(options);
        }
    }

    List<WrittenOutput> run(List<OutputTarget> targets, LongConsumer position) throws InterruptedException {
        Map<Content, List<Path>> groups = targets.stream()
                .collect(Collectors.groupingBy(
                        Content::of, LinkedHashMap::new, Collectors.mapping(OutputTarget::path, Collectors.toList())));
        groups.keySet().forEach(content -> content.format().requireHolds(layout.size(), content.options()));
        Optional<Path> scratch = scratch(groups);
        Map<Content, OutputWriter> writers = new LinkedHashMap<>();
        groups.forEach((content, paths) -> {
            if (!content.isConverted()) {
                writers.put(content, writer(content, paths, digests));
            }
        });
        scratch.ifPresent(path -> writers.put(Content.RAW, writer(Content.RAW, List.of(path), List.of())));
        groups.forEach((content, paths) -> {
            if (content.isConverted()) {
                Path raw = scratch.orElseGet(
                        () -> Objects.requireNonNull(groups.get(Content.RAW)).get(0));
                writers.put(content, converted(content, raw, paths.get(0)));
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
        Map<Content, OutputWriter.Written> written = new HashMap<>();
        for (Map.Entry<Content, OutputWriter> writer : writers.entrySet()) {
            written.put(writer.getKey(), writer.getValue().finish());
        }
        return targets.stream()
                .map(target -> result(target, Objects.requireNonNull(written.get(Content.of(target)))))
                .toList();
    }

    /** A raw disk for those that are made of one, when none is asked for. */
    private Optional<Path> scratch(Map<Content, List<Path>> groups) {
        Optional<Path> converted = groups.entrySet().stream()
                .filter(group -> group.getKey().isConverted())
                .map(group -> group.getValue().get(0))
                .findFirst()
                .filter(path -> !groups.containsKey(Content.RAW));
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

    private OutputWriter writer(Content content, List<Path> paths, List<DigestAlgorithm> algorithms) {
        OutputFile file = OutputFile.create(paths);
        closings.addFirst(file::close);
        Digests digest = start(algorithms);
        OutputWriter writer = switch (content.format()) {
            case DISKDUMP, EXTDUMP, NTFSDUMP, RAW, TAR ->
                new RawWriter(
                        file,
                        content.window() == null ? new Extent(0, layout.size()) : content.window(),
                        new byte[0],
                        digest);
            case RAW_GZ, RAW_XZ, RAW_ZST, TGZ, TAR_ZST -> {
                FormatType format = content.format();
                int level = CompressedRawOptions.of(format.word(), format.compression(), content.options())
                        .level();
                yield new CompressedRawWriter(file, layout.size(), format.compression(), level, threads, digest);
            }
            case QCOW2 ->
                new Qcow2Writer(file, layout.size(), Qcow2Options.of(content.options()), threads, buffers, digest);
            case VHD -> {
                long size = VhdOptions.of(content.options()).subformat().virtualSize(layout.size());
                yield new RawWriter(
                        file,
                        new Extent(0, size),
                        VhdOutputFooter.fixed(size, ConvertedFormat.id(content.name())),
                        digest);
            }
            case OCI, DOCKER -> {
                ArchiveKind kind = content.format() == FormatType.OCI ? ArchiveKind.OCI : ArchiveKind.DOCKER;
                ContainerOptions options = ContainerOptions.of(content.format().word(), content.options());
                yield new ContainerWriter(file, layout.size(), kind, options, guest, threads, buffers, digest);
            }
            case CONTAINERDISK -> {
                ContainerDiskOptions options = ContainerDiskOptions.of(content.options());
                yield new ContainerDiskWriter(file, layout.size(), options, guest, threads, buffers, digest);
            }
            case SQUASHFS ->
                new SquashfsWriter(
                        paths.get(0),
                        file,
                        layout.size(),
                        SquashfsOptions.of(content.options()),
                        check::filesWithLists,
                        guest.timestamp(),
                        threads,
                        buffers,
                        digest);
            case VMDK, OVA, VHDX, VDI -> throw new IllegalStateException(content.format() + " is a program's work");
        };
        closings.addFirst(writer::close);
        return writer;
    }

    private OutputWriter converted(Content content, Path raw, Path target) {
        QemuConversion conversion = new QemuConversion(exec, raw, layout.size());
        if (content.format() == FormatType.OVA) {
            OutputFile file = OutputFile.create(List.of(target));
            closings.addFirst(file::close);
            return new OvaWriter(conversion, OvaOptions.of(content.options()), target, file, start(digests));
        }
        ConvertedFormat format = switch (content.format()) {
            case VMDK ->
                new ConvertedFormat.Vmdk(
                        VmdkOptions.of(content.options()).subformat().word());
            case VHD -> new ConvertedFormat.DynamicVhd();
            case VHDX -> new ConvertedFormat.Vhdx();
            default -> new ConvertedFormat.Vdi();
        };
        return new ConvertedWriter(conversion, format, target, buffers, start(digests));
    }

    private Digests start(List<DigestAlgorithm> algorithms) {
        Digests digest = Digests.start(algorithms);
        closings.addFirst(digest::close);
        return digest;
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
