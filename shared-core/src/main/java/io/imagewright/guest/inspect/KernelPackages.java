package io.imagewright.guest.inspect;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.guest.packages.Packages;

/** Kernels among packages, each distribution naming them in its way. */
final class KernelPackages {

    /** {@code linux-image-6.1.0-18-amd64}, Ubuntu's with {@code unsigned-}: the version is in the name. */
    private static final Pattern DEBIAN = Pattern.compile("linux-image-(?:unsigned-)?(\\d.*?)(-dbg|-dbgsym)?");

    /** {@code linux-lts} at 6.6.7-r0 is the kernel 6.6.7-0-lts. */
    private static final Pattern ALPINE =
            Pattern.compile("linux-(lts|virt|edge|stable|vanilla|hardened|grsec|rpi\\d?)");

    private static final Pattern ALPINE_VERSION = Pattern.compile("(.*)-r(\\d+)");

    /** Arch's {@code linux} and {@code linux-lts}, Manjaro's {@code linux66}: the package's version is the kernel's. */
    private static final Pattern ARCH = Pattern.compile("linux\\d*(?:-(lts|zen|hardened|rt))?");

    /** Red Hat's: the version, release and architecture of the package are the kernel's; of a modular kernel the core has it. */
    private static final Pattern RED_HAT = Pattern.compile("kernel(?:-uek|-rt)?(?:-core)?");

    private static final Pattern SUSE =
            Pattern.compile("kernel-(default|azure|rt|vanilla|debug|kvmsmall|preempt|pae|64kb|longterm)");

    /** {@code 5.14.21-150500.55.39.1.x86_64}: the last number of the release counts rebuilds, and is not the kernel's. */
    private static final Pattern SUSE_VERSION = Pattern.compile("(?:\\d+:)?([^:]+-[^-]*)\\.\\d+\\.\\w+");

    private KernelPackages() {}

    /** Versions of the kernels installed, as {@code uname -r} has them, but Arch's as snf-image-creator writes them. */
    static Stream<String> versions(Packages packages) {
        return packages.names().stream()
                .map(name -> version(name, packages.version(name).orElse("")))
                .filter(version -> !version.isEmpty());
    }

    private static String version(String name, String version) {
        Matcher debian = DEBIAN.matcher(name);
        if (debian.matches()) {
            return debian.group(2) == null ? debian.group(1) : "";
        }
        Matcher alpine = ALPINE.matcher(name);
        Matcher release = ALPINE_VERSION.matcher(version);
        if (alpine.matches() && release.matches()) {
            return release.group(1) + "-" + release.group(2) + "-" + alpine.group(1);
        }
        Matcher arch = ARCH.matcher(name);
        if (arch.matches() && !version.isEmpty()) {
            return arch.group(1) == null
                    ? version
                    : version + " " + arch.group(1).toUpperCase(Locale.ROOT);
        }
        Matcher suse = SUSE.matcher(name);
        Matcher rebuilt = SUSE_VERSION.matcher(version);
        if (suse.matches() && rebuilt.matches()) {
            return rebuilt.group(1) + "-" + suse.group(1);
        }
        return RED_HAT.matcher(name).matches() ? version : "";
    }
}
