package io.imagewright.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** What a worker says on its standard error: read as it comes, so that it never waits; the end of it is kept. Thread-safe. */
final class Diagnostics {

    /** Characters. */
    private static final int KEPT = 4000;

    /** How long to wait for the last words of a dead process: what it started may hold the pipe. */
    private static final long WAIT_MILLIS = 500;

    private final StringBuilder end = new StringBuilder();
    private final Thread reader;

    private Diagnostics(Process process) {
        this.reader = new Thread(() -> read(process), "read the worker's diagnostics");
        reader.setDaemon(true);
        reader.start();
    }

    static Diagnostics of(Process process) {
        return new Diagnostics(process);
    }

    private void read(Process process) {
        try (Reader text =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.ISO_8859_1))) {
            char[] piece = new char[KEPT];
            for (int count = text.read(piece); count >= 0; count = text.read(piece)) {
                synchronized (end) {
                    end.append(piece, 0, count).delete(0, Math.max(0, end.length() - KEPT));
                }
            }
        } catch (IOException gone) {
            // the stream was closed with the process
        }
    }

    /** For the end of a sentence about the dead worker; empty when it said nothing. */
    String told() {
        try {
            reader.join(WAIT_MILLIS);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        }
        synchronized (end) {
            String text = end.toString().strip();
            return text.isEmpty() ? "" : "; it said: " + text;
        }
    }
}
