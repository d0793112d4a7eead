package io.imagewright.checksum;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/**
 * Several digests of one stream of bytes, each computed in a thread of its own while the caller goes on. The slowest algorithm sets the
 * pace: a caller that is far ahead waits.
 *
 * <p>Used by one thread. {@link #close} ends the threads, whatever happened before.
 */
public final class Digests implements AutoCloseable {

    private final Map<String, DigestWorker> workers = new LinkedHashMap<>();

    private Digests() {}

    /** Starts a thread for each algorithm. None at all is allowed. */
    public static Digests start(List<DigestAlgorithm> algorithms) {
        Map<String, MessageDigest> digests = new LinkedHashMap<>();
        algorithms.forEach(algorithm -> digests.put(algorithm.word(), algorithm.newDigest()));
        return start(digests);
    }

    static Digests start(Map<String, MessageDigest> digests) {
        Digests started = new Digests();
        digests.forEach((word, digest) -> started.workers.put(word, DigestWorker.start(word, digest)));
        return started;
    }

    /**
     * The next bytes: all that remain in the buffer. The buffer's own position stays.
     *
     * @param done run once, in some thread, when no digest needs the buffer's content any more
     */
    public void update(ByteBuffer data, Runnable done) throws InterruptedException {
        if (workers.isEmpty()) {
            done.run();
            return;
        }
        AtomicInteger users = new AtomicInteger(workers.size());
        Runnable oneDone = () -> {
            if (users.decrementAndGet() == 0) {
                done.run();
            }
        };
        List<DigestWorker> waiting = new ArrayList<>(workers.values());
        try {
            while (!waiting.isEmpty()) {
                waiting.get(0).put(new DigestWorker.Data(data.asReadOnlyBuffer(), oneDone));
                waiting.remove(0);
            }
        } finally {
            waiting.forEach(worker -> oneDone.run());
        }
    }

    /** The next bytes are zeros; they are not read from anywhere. */
    public void updateZeros(long count) throws InterruptedException {
        for (DigestWorker worker : workers.values()) {
            worker.put(new DigestWorker.Zeros(count));
        }
    }

    /**
     * Ends the stream and waits for the digests.
     *
     * @return lower-case hexadecimal digits by algorithm word, in the order of the start
     * @throws ImageException INTERNAL when an algorithm failed
     */
    public Map<String, String> finish() throws InterruptedException {
        for (DigestWorker worker : workers.values()) {
            worker.put(new DigestWorker.End());
        }
        Map<String, String> results = new LinkedHashMap<>();
        for (Map.Entry<String, DigestWorker> worker : workers.entrySet()) {
            results.put(worker.getKey(), result(worker.getKey(), worker.getValue()));
        }
        return Collections.unmodifiableMap(results);
    }

    private static String result(String word, DigestWorker worker) throws InterruptedException {
        try {
            return worker.result().get();
        } catch (ExecutionException e) {
            throw ImageException.of(Kind.INTERNAL, "Cannot compute the checksum " + word, "" + e.getCause(), "", e);
        }
    }

    /** Stops the threads, waits until they are gone, and gives back the buffers that they still had. */
    @Override
    public void close() {
        workers.values().forEach(DigestWorker::stop);
        workers.clear();
    }
}
