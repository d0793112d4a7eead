package io.imagewright.guest.inspect;

/** What the action {@code growRoot} installs in a guest. */
public final class GrowRootService {

    /** Name of the program and of the service that runs it. */
    public static final String NAME = "imagewright-grow-root";

    private GrowRootService() {}
}
