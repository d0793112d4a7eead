package io.imagewright.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a container in windows of 1 MiB, each fetched by qemu-img and kept while it is in use. */
final class ContainerReader implements DiskReader {

    private static final int WINDOW = 1 << 20;
    private static final int KEPT = 16;

    private final ContainerSource source;
    private final Path workDirectory;
    private final Map<Long, ByteBuffer> windows = new LinkedHashMap<>(KEPT * 2, 0.75f, true);

    ContainerReader(ContainerSource source, Path workDirectory) {
        this.source = source;
        this.workDirectory = workDirectory;
    }

    @Override
    public long size() {
        return source.virtualSize();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        if (offset < 0 || target.remaining() > size() - offset) {
            throw new EOFException("the disk ends at byte " + size());
        }
        long position = offset;
        while (target.hasRemaining()) {
            ByteBuffer window = window(position / WINDOW);
            int from = (int) (position % WINDOW);
            int count = Math.min(target.remaining(), window.limit() - from);
            target.put(window.slice(from, count));
            position += count;
        }
    }

    private ByteBuffer window(long number) throws IOException {
        ByteBuffer window = windows.get(number);
        if (window == null) {
            window = fetch(number * WINDOW);
            windows.put(number, window);
            if (windows.size() > KEPT) {
                windows.remove(windows.keySet().iterator().next());
            }
        }
        return window;
    }

    private ByteBuffer fetch(long offset) throws IOException {
        int length = (int) Math.min(WINDOW, size() - offset);
        Path file = Files.createTempFile(workDirectory, "window", ".raw");
        try {
            source.qemu().convert(source.image(), offset, length, file);
            ByteBuffer window = ByteBuffer.allocate(length);
            try (SparseFile fetched = SparseFile.openRead(file)) {
                fetched.read(0, window);
            }
            return window.flip().asReadOnlyBuffer();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() {
        windows.clear();
    }
}
