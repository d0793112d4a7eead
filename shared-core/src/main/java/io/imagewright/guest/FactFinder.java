package io.imagewright.guest;

/** Finds one fact, or a few that belong together. */
@FunctionalInterface
interface FactFinder {

    /** Adds what it finds in the guest. */
    void find(GuestFiles files, Identity identity, Findings findings);
}
