package io.imagewright.format;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.Piece;

/** Sparse disks to be written, each in a file of its own. */
final class TestDisk {

    private final Path file;
    private final long size;

    TestDisk(Path file, long size) throws IOException {
        this.file = file;
        this.size = size;
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(size);
        }
    }

    Path file() {
        return file;
    }

    DiskLayout layout() {
        return new DiskLayout(size, List.of(new Piece(0, size, file, 0)));
    }

    /** Bytes that no algorithm makes smaller. */
    TestDisk random(long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(offset).nextBytes(bytes);
        return put(offset, bytes);
    }

    /** Bytes that shrink to about a half. */
    TestDisk text(long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        Random random = new Random(offset);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(16));
        }
        return put(offset, bytes);
    }

    TestDisk zeros(long offset, int length) throws IOException {
        return put(offset, new byte[length]);
    }

    private TestDisk put(long offset, byte[] bytes) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(offset);
            raw.write(bytes);
        }
        return this;
    }
}
