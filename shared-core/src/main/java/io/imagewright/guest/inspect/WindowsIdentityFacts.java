package io.imagewright.guest.inspect;

/** OSFAMILY, OS, DESCRIPTION, SORTORDER, KERNEL, GUI and OSARCH of a Windows: reference 1.5. */
final class WindowsIdentityFacts implements WindowsFactFinder {

    private static final int FAMILY_WEIGHT = 8_000_000;
    private static final int LARGEST = 99;

    @Override
    public void find(WindowsSystem system, Findings findings) {
        WindowsVersion version = system.version();
        findings.property("OSFAMILY", WindowsSystem.FAMILY);
        findings.property("OS", WindowsSystem.FAMILY);
        findings.property("DESCRIPTION", system.product());
        findings.property("KERNEL", "Windows NT " + version);
        findings.property("GUI", "Windows");
        findings.property("OSARCH", system.architecture());
        int order = 100 * (100 * Math.min(version.major(), LARGEST) + Math.min(version.minor(), LARGEST));
        findings.property("SORTORDER", String.valueOf(FAMILY_WEIGHT + order));
    }
}
