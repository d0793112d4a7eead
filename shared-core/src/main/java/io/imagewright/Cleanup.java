package io.imagewright;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Removes a build's unfinished files when the JVM is told to end (Ctrl-C): the build's thread is interrupted and given a moment to
 * undo its work, then whatever is left is removed.
 */
final class Cleanup implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final List<WorkDirectory> directories = new CopyOnWriteArrayList<>();
    private final Thread build = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "clean up after an interrupted build");

    /** For the build that runs in this thread. */
    Cleanup() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** One directory more. */
    void add(WorkDirectory directory) {
        directories.add(directory);
    }

    private void stop() {
        build.interrupt();
        try {
            if (!over.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                directories.forEach(WorkDirectory::close);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes the directories. */
    @Override
    public void close() {
        try {
            directories.forEach(WorkDirectory::close);
        } finally {
            over.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                // the hook runs and sees that we are done
            }
        }
    }
}
