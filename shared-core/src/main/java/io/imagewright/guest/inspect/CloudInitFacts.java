package io.imagewright.guest.inspect;

/** CLOUD_INIT and CLOUD_INIT_DEFAULT_USER, reference 1.5. */
final class CloudInitFacts implements FactFinder {

    @Override
    public void find(Clues clues, Findings findings) {
        clues.cloudInit().ifPresent(config -> {
            findings.property("CLOUD_INIT", "yes");
            findings.property("CLOUD_INIT_DEFAULT_USER", config.defaultUser());
        });
    }
}
