package io.imagewright.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imagewright.checksum.Digests;
import io.imagewright.disk.DiskFull;
import io.imagewright.disk.SparseFile;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.exec.Command;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;

/**
 * Has qemu-img make an output of the raw disk that the pass has written, in order, so that it is the same each time; what qemu-img makes up is
 * pinned then. The digests take a look at the finished file.
 */
final class ConvertedWriter implements OutputWriter {

    private static final int SECTOR = 512;

    /** A conversion slower than this many bytes a second hangs. */
    private static final long SLOWEST = 1 << 20;

    private final Exec exec;
    private final ConvertedFormat format;
    private final Path raw;
    private final Path target;
    private final long size;
    private final BufferPool buffers;
    private final Digests digests;

    /**
     * Begins.
     *
     * @param raw what the pass writes, whole before {@link #finish}
     * @param target by its final name, which goes into the file
     * @param diskSize bytes; the formats count sectors, so the virtual size is rounded up to whole ones
     */
    ConvertedWriter(
            Exec exec,
            ConvertedFormat format,
            Path raw,
            Path target,
            long diskSize,
            BufferPool buffers,
            Digests digests) {
        this.exec = exec;
        this.format = format;
        this.raw = raw;
        this.target = target;
        this.size = (diskSize + SECTOR - 1) / SECTOR * SECTOR;
        this.buffers = buffers;
        this.digests = digests;
    }

    @Override
    public void data(long offset, BufferPool.Shared data) {}

    @Override
    public Written finish() throws InterruptedException {
        convert();
        try (SparseFile file = SparseFile.openWrite(target)) {
            format.pin(file, ConvertedFormat.id(String.valueOf(target.getFileName())));
            file.sync();
        } catch (IOException e) {
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot write " + target,
                    String.valueOf(e.getMessage()),
                    "Check its directory and the disk below it.",
                    e);
        }
        try (OutputFile file = OutputFile.existing(target)) {
            long length = file.size();
            Map<String, String> digest = SecondLook.digest(file, length, buffers, digests);
            return new Written(size, length, digest);
        }
    }

    private void convert() {
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        source.put("driver", "raw");
        source.set(
                "file",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("driver", "file")
                        .put("filename", raw.toAbsolutePath().toString()));
        List<String> argv = new ArrayList<>(List.of("qemu-img", "convert", "-m", "1", "-O", format.driver()));
        if (!format.createOptions().isEmpty()) {
            argv.addAll(List.of("-o", format.createOptions()));
        }
        argv.addAll(List.of("json:" + source, target.toAbsolutePath().toString()));
        Limits limits = Limits.ofTime(Duration.ofMinutes(10).plusSeconds(size / SLOWEST));
        ExecResult result = exec.run(new Command(argv, Map.of("LC_ALL", "C"), limits));
        if (result.exitCode() != 0 && DiskFull.isSaidIn(result.stderr())) {
            throw DiskFull.error(target);
        }
        if (result.exitCode() != 0 || !Files.isRegularFile(target)) {
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot write " + target,
                    "qemu-img says: "
                            + result.stderr()
                                    .lines()
                                    .findFirst()
                                    .orElse("nothing (exit code " + result.exitCode() + ")"),
                    "Check its directory and the disk below it, and that the format can hold a disk of this size.");
        }
    }
}
