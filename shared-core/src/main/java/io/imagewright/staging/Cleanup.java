package io.imagewright.staging;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.imagewright.error.ImageException;

/**
 * Removes a build's unfinished files when the JVM is stopped (Ctrl-C): the build's thread is interrupted and given a moment to
 * undo its work, then whatever is left is removed.
 */
public final class Cleanup implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final List<WorkDirectory> directories = new CopyOnWriteArrayList<>();
    private final Thread build = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "clean up after an interrupted build");

    /**
     * For the build that runs in this thread.
     *
     * @throws ImageException CANCELLED when the JVM is ending
     */
    public Cleanup() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException ending) {
            throw ImageException.of(
                    ImageException.Kind.CANCELLED, "Stopped before the work began", "the JVM is ending", "", ending);
        }
    }

    /** A directory as {@link WorkDirectory#create} makes it; whatever ends the build from now on, it is removed. */
    public WorkDirectory create(Path parent) {
        WorkDirectory directory = WorkDirectory.create(parent);
        directories.add(directory);
        return directory;
    }

    private void stop() {
        build.interrupt();
        try {
            if (!over.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                remove();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** The last one first: it may be in a directory that was made for the first one. */
    private void remove() {
        for (int i = directories.size() - 1; i >= 0; i--) {
            directories.get(i).close();
        }
    }

    /** Removes the directories. */
    @Override
    public void close() {
        try {
            remove();
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
