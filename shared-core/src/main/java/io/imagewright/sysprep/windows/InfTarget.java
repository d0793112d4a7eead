package io.imagewright.sysprep.windows;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.guest.inspect.WindowsVersion;

/**
 * For which Windows a section of an INF file is: its decoration, for example {@code NTamd64.6.1}, see Microsoft's "INF Manufacturer Section". The
 * version is the lowest one.
 *
 * @param architecture {@code x86}, {@code amd64}, {@code arm64} ...; of an undecorated section {@code x86}, reference 1.8
 */
record InfTarget(String architecture, WindowsVersion version) implements Comparable<InfTarget> {

    static final InfTarget UNDECORATED = new InfTarget("x86", new WindowsVersion(0, 0, 0));

    /** Architecture, major and minor version, product type, suite mask, build. */
    private static final Pattern DECORATION = Pattern.compile(
            "nt(x86|ia64|amd64|arm64|arm)?(?:\\.(\\d{1,3})?(?:\\.(\\d{1,3})?(?:\\.[^.]*(?:\\.[^.]*(?:\\.(\\d{1,6})?)?)?)?)?)?");

    /** Empty for what is no decoration. */
    static Optional<InfTarget> parse(String decoration) {
        Matcher parts = DECORATION.matcher(decoration.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return Optional.empty();
        }
        String architecture = parts.group(1) == null ? UNDECORATED.architecture() : parts.group(1);
        return Optional.of(
                new InfTarget(architecture, new WindowsVersion(number(parts, 2), number(parts, 3), number(parts, 4))));
    }

    private static int number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null || digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /** Whether a system of this architecture and version takes it. */
    boolean isFor(String guestArchitecture, WindowsVersion guest) {
        return architecture.equals(guestArchitecture) && guest.compareTo(version) >= 0;
    }

    @Override
    public int compareTo(InfTarget other) {
        return Comparator.comparing(InfTarget::version)
                .thenComparing(InfTarget::architecture)
                .compare(this, other);
    }
}
