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
import io.imagewright.disk.DiskFull;
import io.imagewright.disk.SparseFile;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.exec.Command;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;

/**
 * Has qemu-img make a file of a raw disk, in order, so that it is the same each time, and pins what qemu-img makes up.
 *
 * @param raw the disk
 * @param size bytes of it
 */
record QemuConversion(Exec exec, Path raw, long size) {

    private static final int SECTOR = 512;

    /** A conversion slower than this many bytes a second hangs. */
    private static final long SLOWEST = 1 << 20;

    /** Bytes of the disk that a guest sees: these formats count sectors, so whole ones. */
    long virtualSize() {
        return (size + SECTOR - 1) / SECTOR * SECTOR;
    }

    /**
     * Writes and syncs the file.
     *
     * @param target by its final name, which goes into the file
     * @throws ImageException ENVIRONMENT when it cannot be written
     */
    void write(ConvertedFormat format, Path target) {
        convert(format, target);
        try (SparseFile file = SparseFile.openWrite(target)) {
            format.pin(file, ConvertedFormat.id(String.valueOf(target.getFileName())));
            file.sync();
        } catch (IOException e) {
            throw OutputFile.failure(target, e);
        }
    }

    private void convert(ConvertedFormat format, Path target) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("driver", "file").put("filename", raw.toAbsolutePath().toString());
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        source.put("driver", "raw").set("file", file);
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
            String said = result.stderr().lines().findFirst().orElse("nothing (exit code " + result.exitCode() + ")");
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot write " + target,
                    "qemu-img says: " + said,
                    "Check its directory and the disk below it, and that the format can hold a disk of this size.");
        }
    }
}
