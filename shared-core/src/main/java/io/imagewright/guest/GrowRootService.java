package io.imagewright.guest;

/** The names under which the action {@code growRoot} leaves its program in a guest. */
public final class GrowRootService {

    /** Its name; services that run it have the same. */
    public static final String PROGRAM = "imagewright-grow-root";

    private GrowRootService() {}
}
