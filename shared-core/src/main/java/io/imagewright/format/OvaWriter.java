package io.imagewright.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.Digests;
import io.imagewright.checksum.FileDigest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A machine in one file: a tar with the descriptor first, the digests, and the disk as a vmdk, DSP0243 6.3. The digests of it are
 * computed while it is written.
 */
final class OvaWriter implements OutputWriter {

    private static final int RECORD = 512;

    private final QemuConversion conversion;
    private final OvaOptions options;
    private final Path target;
    private final OutputFile file;
    private final Digests digests;

    /** Begins; the raw disk is whole before {@link #finish}. */
    OvaWriter(QemuConversion conversion, OvaOptions options, Path target, OutputFile file, Digests digests) {
        this.conversion = conversion;
        this.options = options;
        this.target = target;
        this.file = file;
        this.digests = digests;
    }

    @Override
    public void data(long offset, BufferPool.Shared data) {}

    @Override
    public Written finish() throws InterruptedException {
        String fileName = String.valueOf(target.getFileName());
        String name = fileName.endsWith(".ova") ? fileName.substring(0, fileName.length() - 4) : fileName;
        try {
            Path directory = Files.createTempDirectory(target.toAbsolutePath().getParent(), ".ova");
            Path disk = directory.resolve(name + "-disk1.vmdk");
            try {
                conversion.write(new VmdkConversion(VmdkOptions.Subformat.STREAM_OPTIMIZED.word()), disk);
                long length = pack(name, disk);
                file.finish(length);
                return new Written(conversion.virtualSize(), length, digests.finish());
            } finally {
                Files.deleteIfExists(disk);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw OutputFile.failure(target, e);
        }
    }

    private long pack(String name, Path disk) throws IOException {
        String diskName = String.valueOf(disk.getFileName());
        long stored = Files.size(disk);
        byte[] descriptor = new OvfEnvelope(name, diskName, stored, conversion.virtualSize(), options)
                .text()
                .getBytes(StandardCharsets.UTF_8);
        String diskDigest = Objects.requireNonNull(
                FileDigest.of(disk, List.of(DigestAlgorithm.SHA256), done -> {}).get(DigestAlgorithm.SHA256.word()));
        byte[] manifest = ("SHA256(" + name + ".ovf)= " + sha256(descriptor) + "\nSHA256(" + diskName + ")= "
                        + diskDigest + "\n")
                .getBytes(StandardCharsets.UTF_8);
        Sink sink = new Sink();
        // two empty records end it, and nothing more
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new BufferedOutputStream(sink, BufferPool.SIZE), RECORD, "UTF-8")) {
            // vSphere reads GNU's form of what is beyond ustar, not that of POSIX
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            entry(tar, name + ".ovf", descriptor.length);
            tar.write(descriptor);
            tar.closeArchiveEntry();
            entry(tar, name + ".mf", manifest.length);
            tar.write(manifest);
            tar.closeArchiveEntry();
            entry(tar, diskName, stored);
            try (InputStream content = Files.newInputStream(disk)) {
                content.transferTo(tar);
            }
            tar.closeArchiveEntry();
        }
        return sink.written;
    }

    private static void entry(TarArchiveOutputStream tar, String name, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setMode(TarArchiveEntry.DEFAULT_FILE_MODE);
        entry.setModTime(0L);
        tar.putArchiveEntry(entry);
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(DigestAlgorithm.SHA256.newDigest().digest(bytes));
    }

    /** Where the tar goes. */
    private final class Sink extends OutputStream {

        private long written;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            ByteBuffer copy = ByteBuffer.wrap(java.util.Arrays.copyOfRange(bytes, from, from + length));
            try {
                digests.update(copy, () -> {});
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw OutputWriters.cancelled(e);
            }
            file.write(written, copy);
            written += length;
        }
    }
}
