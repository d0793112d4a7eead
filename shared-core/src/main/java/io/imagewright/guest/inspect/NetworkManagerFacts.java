package io.imagewright.guest.inspect;

/** NM_NETWORKING: whether NetworkManager is started at boot, reference 1.5. */
final class NetworkManagerFacts implements FactFinder {

    @Override
    public void find(Clues clues, Findings findings) {
        if (clues.services().start("NetworkManager")) {
            findings.property("NM_NETWORKING", "yes");
        }
    }
}
