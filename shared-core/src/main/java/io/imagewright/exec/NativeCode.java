package io.imagewright.exec;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import com.sun.jna.NativeLibrary;

/** Makes native libraries known to JNA. */
public final class NativeCode {

    private NativeCode() {}

    /**
     * Loads a library, in a thread of its own: JNA runs ldconfig when it is first used, and forgets an interrupt of the thread that waits
     * for that. A build that is cancelled at this moment would go on.
     *
     * @param name as dlopen(3) takes it
     * @throws UnsatisfiedLinkError when there is no such library
     */
    public static void load(String name) {
        FutureTask<NativeLibrary> loading = new FutureTask<>(() -> NativeLibrary.getInstance(name));
        Thread thread = new Thread(loading, "load " + name);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            for (boolean loaded = false; !loaded; ) {
                try {
                    loading.get();
                    loaded = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException failure) {
                    throw (UnsatisfiedLinkError)
                            new UnsatisfiedLinkError(String.valueOf(failure.getCause())).initCause(failure.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
