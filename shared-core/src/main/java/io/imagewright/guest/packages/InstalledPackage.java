package io.imagewright.guest.packages;

import java.util.Comparator;

/**
 * A package that a guest's package manager lists as installed. What the manager does not record is empty.
 *
 * @param kind the package URL's word for the manager: {@code deb}, {@code rpm}, {@code apk}, {@code alpm}; see the purl specification's types
 * @param version as the manager writes it, epoch and revision included
 * @param architecture the manager's word
 * @param licence as the manager records it; several that are listed one by one stand between {@value #SEPARATOR}
 * @param source name of the source package
 * @param sourceVersion the source package's, where it differs
 * @param bytes installed, as the manager records it; 0 when it does not
 */
public record InstalledPackage(
        String kind,
        String name,
        String version,
        String architecture,
        String licence,
        String source,
        String sourceVersion,
        long bytes) {

    /** What stands between licences. */
    public static final String SEPARATOR = "; ";

    /** By kind, name, version and architecture, which distinguish packages of a guest. */
    public static final Comparator<InstalledPackage> ORDER = Comparator.comparing(InstalledPackage::kind)
            .thenComparing(InstalledPackage::name)
            .thenComparing(InstalledPackage::version)
            .thenComparing(InstalledPackage::architecture);

    /** The same with this licence. */
    public InstalledPackage withLicence(String other) {
        return new InstalledPackage(kind, name, version, architecture, other, source, sourceVersion, bytes);
    }
}
