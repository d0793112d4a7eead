package io.imagewright.format;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.Digests;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * A disk in a container image, as KubeVirt boots it: a qcow2 in the directory {@code /disk}, both qemu's own (user and group 107). KubeVirt user
 * guide, "containerDisk". The qcow2 is compressed already, so the layer is not.
 */
final class ContainerDiskWriter implements OutputWriter {

    private static final int QEMU = 107;
    private static final String DIRECTORY = "disk/";

    private final OutputFile file;
    private final ContainerDiskOptions options;
    private final GuestInfo guest;
    private final BufferPool buffers;
    private final Digests digests;
    private final TarFile archive;
    private final OutputFile place;
    private final TarFile layer;
    private final Qcow2Writer disk;

    /**
     * Begins.
     *
     * @param diskSize bytes
     * @param buffers for the second look
     */
    ContainerDiskWriter(
            OutputFile file,
            long diskSize,
            ContainerDiskOptions options,
            GuestInfo guest,
            int threads,
            BufferPool buffers,
            Digests digests) {
        this.file = file;
        this.options = options;
        this.guest = guest;
        this.buffers = buffers;
        this.digests = digests;
        this.archive = new TarFile(file, guest.timestamp());
        options.archive().begin(archive);
        this.place = file.behind(archive.begin());
        this.layer = new TarFile(place, guest.timestamp());
        TarArchiveEntry directory = new TarArchiveEntry(DIRECTORY);
        directory.setIds(QEMU, QEMU);
        directory.setMode(040555);
        layer.end(directory, 0);
        this.disk = new Qcow2Writer(
                place.behind(layer.begin()), diskSize, options.disk(), threads, buffers, Digests.start(List.of()));
    }

    @Override
    public int alignment() {
        return disk.alignment();
    }

    @Override
    public void data(long offset, BufferPool.Shared data) throws InterruptedException {
        disk.data(offset, data);
    }

    @Override
    public Written finish() throws InterruptedException {
        TarArchiveEntry entry = new TarArchiveEntry(DIRECTORY + guest.name() + ".qcow2");
        entry.setIds(QEMU, QEMU);
        entry.setMode(0100440);
        layer.end(entry, disk.complete());
        long size = layer.finish();
        ContainerLayer described = described(size);
        byte[] config = ContainerConfig.of(guest, described, List.of());
        long length = options.archive().complete(archive, described, config, options.target());
        file.finish(length);
        return new Written(disk.virtualSize(), length, SecondLook.digest(file, length, buffers, digests));
    }

    private ContainerLayer described(long size) throws InterruptedException {
        try (Digests content = Digests.start(List.of(DigestAlgorithm.SHA256))) {
            String digest = Objects.requireNonNull(
                    SecondLook.digest(place, size, buffers, content).get(DigestAlgorithm.SHA256.word()));
            return new ContainerLayer(digest, digest, size, Optional.empty());
        }
    }

    @Override
    public void close() {
        disk.close();
    }
}
