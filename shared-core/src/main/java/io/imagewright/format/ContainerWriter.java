package io.imagewright.format;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.Digests;
import io.imagewright.disk.Extent;

/**
 * A container image of the guest's tree in one file. The layer is compressed in parallel straight to its place and digested on the way, as is the
 * tar in it. The digests of the whole file take a second look: the header before the layer holds the layer's digest.
 */
final class ContainerWriter implements OutputWriter {

    private static final String SHA256 = DigestAlgorithm.SHA256.word();

    private final OutputFile file;
    private final long size;
    private final ArchiveKind kind;
    private final ContainerOptions options;
    private final GuestInfo guest;
    private final BufferPool buffers;
    private final Digests digests;
    private final TarFile archive;
    private final Digests content;
    private final Digests stored;
    private final OutputWriter layer;
    private long digested;

    /**
     * Begins.
     *
     * @param size bytes of the guest's tar
     * @param buffers for the second look
     */
    ContainerWriter(
            OutputFile file,
            long size,
            ArchiveKind kind,
            ContainerOptions options,
            GuestInfo guest,
            int threads,
            BufferPool buffers,
            Digests digests) {
        this.file = file;
        this.size = size;
        this.kind = kind;
        this.options = options;
        this.guest = guest;
        this.buffers = buffers;
        this.digests = digests;
        this.archive = new TarFile(file, guest.timestamp());
        kind.begin(archive);
        OutputFile place = file.behind(archive.begin());
        this.content = Digests.start(List.of(DigestAlgorithm.SHA256));
        Optional<StreamCompression> compression = options.compression();
        this.stored = Digests.start(compression.isPresent() ? List.of(DigestAlgorithm.SHA256) : List.of());
        this.layer = compression.isPresent()
                ? new CompressedRawWriter(place, size, compression.get(), options.level(), threads, stored)
                : new RawWriter(place, new Extent(0, size), new byte[0], stored);
    }

    @Override
    public void data(long offset, BufferPool.Shared data) throws InterruptedException {
        ByteBuffer bytes = data.bytes().duplicate();
        content.updateZeros(offset - digested);
        content.update(bytes, data.retain()::release);
        digested = offset + bytes.remaining();
        layer.data(offset, data);
    }

    @Override
    public Written finish() throws InterruptedException {
        Written written = layer.finish();
        content.updateZeros(size - digested);
        String diffId = Objects.requireNonNull(content.finish().get(SHA256));
        long layerSize = options.compression().isPresent() ? written.storedSize() : size;
        ContainerLayer described = new ContainerLayer(
                written.digests().getOrDefault(SHA256, diffId), diffId, layerSize, options.compression());
        byte[] config = ContainerConfig.of(guest, described, options.cmd());
        long length = kind.complete(archive, described, config, options.target());
        file.finish(length);
        return new Written(
                size, length - layerSize + written.storedSize(), SecondLook.digest(file, length, buffers, digests));
    }

    @Override
    public void close() {
        Closing.all(List.of(layer::close, stored::close, content::close));
    }
}
