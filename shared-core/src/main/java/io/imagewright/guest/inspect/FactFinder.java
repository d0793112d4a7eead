package io.imagewright.guest.inspect;

/** Finds one fact, or a few that belong together. */
@FunctionalInterface
interface FactFinder {

    /** Adds what it finds in the guest to what earlier finders found. */
    void find(Clues clues, Findings findings);
}
