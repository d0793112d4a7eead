package io.imagewright.guest.inspect;

/** Finds one fact of a Windows, or a few that belong together. */
@FunctionalInterface
interface WindowsFactFinder {

    /** Adds what it finds to what earlier finders found. */
    void find(WindowsSystem system, Findings findings);
}
