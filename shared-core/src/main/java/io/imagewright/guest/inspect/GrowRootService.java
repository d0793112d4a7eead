package io.imagewright.guest.inspect;

import io.imagewright.guest.GuestFiles;

/** The names under which the action {@code growRoot} leaves its program in a guest. */
public final class GrowRootService {

    /** Name of the program and of the service that runs it. */
    public static final String NAME = "imagewright-grow-root";

    /** Left by the program once everything has grown; it does nothing any more where this is. */
    public static final String MARK = "/var/lib/" + NAME;

    private GrowRootService() {}

    /** Whether it will run at the next boot. */
    static boolean isReady(GuestFiles files, BootServices services) {
        return services.start(NAME) && !files.exists(MARK);
    }
}
