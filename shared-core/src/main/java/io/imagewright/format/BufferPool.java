package io.imagewright.format;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A fixed number of direct buffers. They bound the memory of a pass: who is far ahead waits here for one to come back. Thread-safe. */
final class BufferPool {

    /** Bytes of each buffer. */
    static final int SIZE = 1 << 20;

    /** Buffers of a pool. */
    static final int COUNT = 16;

    private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(COUNT);
    private final AtomicInteger made = new AtomicInteger();

    /** Waits for a buffer and gives it cleared, with one user. */
    Shared take() throws InterruptedException {
        ByteBuffer buffer = free.poll();
        if (buffer == null && made.getAndIncrement() < COUNT) {
            buffer = ByteBuffer.allocateDirect(SIZE);
        }
        return new Shared(buffer == null ? free.take() : buffer);
    }

    /** A buffer on loan; it goes back when its last user lets it go. */
    final class Shared {

        private final ByteBuffer buffer;
        private final AtomicInteger users = new AtomicInteger(1);

        private Shared(ByteBuffer buffer) {
            this.buffer = buffer.clear();
        }

        /** The buffer itself: its one owner fills it before others come in; these take {@code duplicate()} or {@code slice()}. */
        ByteBuffer bytes() {
            return buffer;
        }

        /** One more user. */
        Shared retain() {
            users.incrementAndGet();
            return this;
        }

        /** One user less. */
        void release() {
            if (users.decrementAndGet() == 0) {
                free.add(buffer);
            }
        }
    }
}
