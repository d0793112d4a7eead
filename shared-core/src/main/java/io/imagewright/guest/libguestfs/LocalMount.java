package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The guest on a directory of this machine (FUSE). A little process ends the mount when this one lets go of it, or dies: FUSE's own
 * {@code auto_unmount} misses a process that was killed when it looks before the kernel has closed the last file.
 */
final class LocalMount {

    /** Somebody may still look into the mount: then it goes when he has done. Signals to all of a build are not for this. */
    private static final String WATCH = "trap '' HUP INT TERM; read -r nothing;"
            + " for try in 1 2 3 4 5 6 7 8; do fusermount -u \"$1\" && exit; sleep 0.5; done; fusermount -u -z \"$1\"";

    private static final long SECONDS = 20;

    private final Process watch;
    private final Thread server;

    private LocalMount(Process watch, Thread server) {
        this.watch = watch;
        this.server = server;
    }

    /**
     * Mounts it.
     *
     * @throws GuestfsFailure when FUSE cannot be used
     */
    static LocalMount of(Guestfs guestfs, Path directory) throws IOException {
        guestfs.mountLocal(directory.toString());
        Process watch = new ProcessBuilder("sh", "-c", WATCH, "watch", directory.toString())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        Thread server = new Thread(guestfs::serveMount, "mount of the guest");
        server.setDaemon(true);
        server.start();
        return new LocalMount(watch, server);
    }

    /** Ends it. */
    void close() throws IOException {
        boolean stopped = Thread.interrupted();
        watch.getOutputStream().close();
        try {
            watch.waitFor(SECONDS, TimeUnit.SECONDS);
            server.join(TimeUnit.SECONDS.toMillis(SECONDS));
        } catch (InterruptedException again) {
            stopped = true;
        }
        if (stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
