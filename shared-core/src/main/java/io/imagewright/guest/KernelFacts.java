package io.imagewright.guest;

/** KERNEL: the newest one that has a {@code /boot/config-*}, reference 1.5. */
final class KernelFacts implements FactFinder {

    private static final String PREFIX = "config-";

    @Override
    public void find(GuestFiles files, Identity identity, Findings findings) {
        files.list("/boot").stream()
                .map(entry -> entry.path().name())
                .filter(name -> name.startsWith(PREFIX) && name.length() > PREFIX.length())
                .map(name -> name.substring(PREFIX.length()))
                .max(VersionOrder.INSTANCE)
                .ifPresent(version -> findings.property("KERNEL", version));
    }
}
