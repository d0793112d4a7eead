package io.imagewright.sbom;

import java.util.Map;
import java.util.TreeMap;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.packages.InstalledPackage;

/**
 * The <a href="https://github.com/package-url/purl-spec">package URLs</a> of a guest's packages. Where the specification leaves a choice, it is that of
 * syft and trivy, whose users look vulnerabilities up with them: {@code distro} is {@code debian-12}, {@code upstream} the source package.
 */
final class PackageUrls {

    /** Whose packages they are when the system does not say which one it is. */
    private static final Map<String, String> VENDORS = Map.of("deb", "debian", "apk", "alpine", "alpm", "arch");

    /** Systems whose namespace is not os-release's {@code ID}. */
    private static final Map<String, String> NAMESPACES = Map.of("rhel", "redhat", "sles", "suse");

    private final String system;
    private final String version;

    PackageUrls(Facts facts) {
        this.system = facts.distribution().equals("unknown") ? "" : facts.distribution();
        this.version = facts.version();
    }

    String of(InstalledPackage each) {
        Map<String, String> qualifiers = new TreeMap<>();
        put(qualifiers, "arch", each.architecture());
        put(qualifiers, "distro", system.isEmpty() || version.isEmpty() ? system : system + "-" + version);
        put(qualifiers, "upstream", upstream(each));
        String itsVersion = each.version();
        int epoch = itsVersion.indexOf(':');
        if (each.kind().equals("rpm") && epoch > 0) {
            put(qualifiers, "epoch", itsVersion.substring(0, epoch));
            itsVersion = itsVersion.substring(epoch + 1);
        }
        String namespace = namespace(each);
        try {
            return new PackageURL(
                            each.kind(),
                            namespace.isEmpty() ? null : namespace,
                            each.name(),
                            itsVersion.isEmpty() ? null : itsVersion,
                            new TreeMap<>(qualifiers),
                            null)
                    .canonicalize();
        } catch (MalformedPackageURLException odd) {
            // what no package manager would take for a name: then it has no address
            return "";
        }
    }

    private String namespace(InstalledPackage each) {
        String vendor = system.isEmpty() ? VENDORS.getOrDefault(each.kind(), "") : system;
        return vendor.startsWith("opensuse") ? "opensuse" : NAMESPACES.getOrDefault(vendor, vendor);
    }

    /** The source package where it is not just called the same. */
    private static String upstream(InstalledPackage each) {
        if (each.source().isEmpty()
                || (each.source().equals(each.name()) && each.sourceVersion().isEmpty())) {
            return "";
        }
        if (each.kind().equals("rpm")) {
            return each.source() + "-" + SourceVersion.of(each).text() + ".src.rpm";
        }
        return each.sourceVersion().isEmpty() ? each.source() : each.source() + "@" + each.sourceVersion();
    }

    private static void put(Map<String, String> qualifiers, String name, String value) {
        if (!value.isEmpty()) {
            qualifiers.put(name, value);
        }
    }
}
