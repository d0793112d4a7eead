package io.imagewright.format;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.imagewright.error.ImageException;

/**
 * Runs tasks in parallel and hands their results on in the order in which the tasks came, in the caller's thread. Used by one thread.
 *
 * @param <T> what comes of a task
 */
final class InOrder<T> implements AutoCloseable {

    private final Queue<Future<T>> inFlight = new ArrayDeque<>();
    private final ExecutorService threads;
    private final int limit;
    private final Consumer<T> next;

    /**
     * Starts the threads.
     *
     * @param name of the threads
     * @param limit of tasks that are on their way
     */
    InOrder(String name, int threads, int limit, Consumer<T> next) {
        this.limit = limit;
        this.next = next;
        this.threads = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Hands on what is ready, and more when there is no room for another task. */
    void makeRoom() throws InterruptedException {
        while (inFlight.size() >= limit
                || (!inFlight.isEmpty() && inFlight.element().isDone())) {
            handOn();
        }
    }

    /** Takes a task, and hands on what is ready. */
    void submit(Callable<T> task) throws InterruptedException {
        makeRoom();
        inFlight.add(threads.submit(task));
    }

    /** Hands on all that is left. */
    void drain() throws InterruptedException {
        while (!inFlight.isEmpty()) {
            handOn();
        }
    }

    private void handOn() throws InterruptedException {
        try {
            next.accept(inFlight.remove().get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ImageException failure) {
                throw failure;
            }
            throw new IllegalStateException("a part could not be compressed", e);
        }
    }

    /** Ends the threads, and waits until they are gone. */
    @Override
    public void close() {
        threads.shutdownNow();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
