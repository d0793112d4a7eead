package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.imagewright.exec.Command;
import io.imagewright.exec.Limits;
import io.imagewright.exec.ProcessExec;

/**
 * The guest on a directory of this machine (FUSE). A little process ends the mount when this one lets go of it, or dies: FUSE's own
 * {@code auto_unmount} misses a process that was killed when it looks before the kernel has closed the last file.
 */
final class LocalMount {

    /** Somebody may still look into the mount: then it goes when he has done. */
    private static final String WATCH = "trap '' HUP INT TERM; read -r nothing;"
            + " for try in 1 2 3 4 5 6 7 8; do fusermount -u \"$1\" && exit; sleep 0.5; done; fusermount -u -z \"$1\"";

    private static final long SECONDS = 20;

    /** How long a process may keep it that the script left behind. */
    private static final long USERS_MILLIS = 5000;

    private static final long POLL_MILLIS = 250;

    private static final Limits LIMIT = Limits.ofTime(Duration.ofSeconds(SECONDS));

    private final Path directory;
    private final Process watch;
    private final Thread server;

    private LocalMount(Path directory, Process watch, Thread server) {
        this.directory = directory;
        this.watch = watch;
        this.server = server;
    }

    /**
     * Mounts it.
     *
     * @throws GuestfsFailure when FUSE cannot be used
     * @throws io.imagewright.error.ImageException ENVIRONMENT when nothing here can end such a mount
     */
    static LocalMount of(Guestfs guestfs, Path directory) throws IOException {
        // root mounts without it, and would not get rid of the mount
        new ProcessExec().run(new Command(List.of("fusermount", "-V"), Map.of(), LIMIT));
        guestfs.mountLocal(directory.toString());
        // in a session of its own, and deaf to signals: whoever ends all of a build does not end this
        Process watch = new ProcessBuilder("setsid", "sh", "-c", WATCH, "watch", directory.toString())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        Thread server = new Thread(guestfs::serveMount, "mount of the guest");
        server.setDaemon(true);
        server.start();
        return new LocalMount(directory, watch, server);
    }

    /**
     * Ends it.
     *
     * @return the processes that keep it, for people; empty when it has ended
     */
    String end() throws IOException {
        boolean stopped = Thread.interrupted();
        List<String> users = users();
        for (long waited = 0; !users.isEmpty() && waited < USERS_MILLIS; waited += POLL_MILLIS) {
            stopped |= !pause();
            users = users();
        }
        watch.getOutputStream().close();
        try {
            server.join(TimeUnit.SECONDS.toMillis(SECONDS));
        } catch (InterruptedException again) {
            stopped = true;
        }
        if (stopped) {
            Thread.currentThread().interrupt();
        }
        if (!server.isAlive()) {
            return "";
        }
        return users.isEmpty() ? "a process that the script left behind" : String.join(", ", users);
    }

    /** None where the directory cannot be read, as when the appliance is gone: that mount must be ended, too. */
    private List<String> users() {
        try {
            return MountUsers.of(directory);
        } catch (IOException | java.nio.file.DirectoryIteratorException broken) {
            return List.of();
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(POLL_MILLIS);
            return true;
        } catch (InterruptedException cancelled) {
            return false;
        }
    }
}
