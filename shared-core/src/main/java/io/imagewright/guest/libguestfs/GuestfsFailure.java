package io.imagewright.guest.libguestfs;

/** A call of libguestfs that failed, with its own words. */
final class GuestfsFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Characters of a message that help. */
    private static final int MAX_MESSAGE = 2000;

    GuestfsFailure(String call, String message) {
        super(call + ": " + (message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + " ..." : message));
    }
}
