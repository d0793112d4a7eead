package io.imagewright.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads a stream to its end on a thread of its own and keeps the first and the last part, so that no program can fill our memory. Thread-safe.
 */
public final class BoundedOutput {

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final byte[] tail;
    private final int headLimit;
    private long beyondHead;
    private final Thread thread;

    /**
     * Starts reading.
     *
     * @param headLimit bytes kept of the beginning
     * @param tailLimit bytes kept of the end, beyond the beginning
     */
    public BoundedOutput(InputStream in, String name, int headLimit, int tailLimit) {
        this.headLimit = headLimit;
        this.tail = new byte[tailLimit];
        this.thread = new Thread(() -> pump(in), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void pump(InputStream in) {
        byte[] buffer = new byte[8192];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                keep(buffer, n);
            }
        } catch (IOException e) {
            // the stream was closed under us as the process was killed; what came before is what there is
        }
    }

    private synchronized void keep(byte[] buffer, int length) {
        int first = Math.min(length, headLimit - head.size());
        head.write(buffer, 0, first);
        for (int i = first; i < length; i++) {
            if (tail.length > 0) {
                tail[(int) (beyondHead % tail.length)] = buffer[i];
            }
            beyondHead++;
        }
    }

    /** Waits for the end of the stream; false when it did not come in time. */
    public boolean await(long millis) throws InterruptedException {
        thread.join(millis);
        return !thread.isAlive();
    }

    /** What was kept, with a note in place of what was not. */
    public synchronized String text() {
        StringBuilder text = new StringBuilder(head.toString(StandardCharsets.UTF_8));
        long lost = beyondHead - tail.length;
        if (lost <= 0) {
            return text.append(new String(tail, 0, (int) beyondHead, StandardCharsets.UTF_8))
                    .toString();
        }
        if (tail.length > 0) {
            int start = (int) (beyondHead % tail.length);
            text.append("\n[").append(lost).append(" bytes left out]\n");
            text.append(new String(tail, start, tail.length - start, StandardCharsets.UTF_8));
            text.append(new String(tail, 0, start, StandardCharsets.UTF_8));
        }
        return text.toString();
    }
}
