package io.imagewright.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Reports how a file grows while another program writes it. */
final class GrowthWatch implements AutoCloseable {

    private static final long MILLISECONDS = 500;

    private final Path file;
    private final long length;
    private final LongConsumer bytesDone;
    private final Thread thread = new Thread(this::watch, "imagewright-growth");

    GrowthWatch(Path file, long length, LongConsumer bytesDone) {
        this.file = file;
        this.length = length;
        this.bytesDone = bytesDone;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(MILLISECONDS);
                if (Files.exists(file)) {
                    look();
                }
            }
        } catch (InterruptedException | IOException e) {
            // closed; or the file is not to be read, which the copy itself reports
        }
    }

    private void look() throws IOException {
        try (SparseFile growing = SparseFile.openRead(file)) {
            bytesDone.accept(Math.min(length, growing.storedSize()));
        }
    }

    /** After this the consumer is not called any more. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
