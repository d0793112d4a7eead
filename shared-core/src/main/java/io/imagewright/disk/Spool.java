package io.imagewright.disk;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** A file that pieces of a layout refer to, written from its beginning on. Not thread-safe. */
public final class Spool implements AutoCloseable {

    private static final int BUFFER = 1 << 18;

    private final Path file;
    private final OutputStream out;
    private long size;

    private Spool(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Makes the file.
     *
     * @throws ImageException ENVIRONMENT when it cannot be written, as all methods
     */
    public static Spool create(Path file) {
        try {
            return new Spool(
                    file,
                    new BufferedOutputStream(
                            Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            BUFFER));
        } catch (IOException failure) {
            throw failed(file, failure);
        }
    }

    /** What holds it. */
    public Path file() {
        return file;
    }

    /** Bytes that were appended. */
    public long size() {
        return size;
    }

    /** Appends bytes and gives where they begin. */
    public long append(byte[] bytes) {
        return append(bytes, 0, bytes.length);
    }

    /** Appends a part of an array and gives where it begins in the file. */
    public long append(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException failure) {
            throw failed(file, failure);
        }
        long at = size;
        size += length;
        return at;
    }

    /** From here on the file can be read. */
    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException failure) {
            throw failed(file, failure);
        }
    }

    private static ImageException failed(Path file, IOException failure) {
        return DiskFull.recognise(file, failure)
                .orElseGet(() -> ImageException.of(
                        Kind.ENVIRONMENT,
                        "Cannot write " + file,
                        FileFailure.reason(failure),
                        "Check the file system that holds the work directory.",
                        failure));
    }
}
