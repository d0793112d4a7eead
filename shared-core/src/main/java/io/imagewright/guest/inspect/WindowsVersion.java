package io.imagewright.guest.inspect;

import java.util.Comparator;

/**
 * The version of a Windows' kernel.
 *
 * @param build which distinguishes what has the same version since Windows 10; 0 when not known
 */
public record WindowsVersion(int major, int minor, int build) implements Comparable<WindowsVersion> {

    /** Windows 7 and Server 2008 R2. */
    public static final WindowsVersion SEVEN = new WindowsVersion(6, 1, 0);

    /** Windows 8 and Server 2012. */
    public static final WindowsVersion EIGHT = new WindowsVersion(6, 2, 0);

    private static final int FIRST_BUILD_OF_ELEVEN = 22000;

    /** Reference 1.4: older ones are not. */
    boolean isSupported() {
        return isAtLeast(SEVEN);
    }

    /** Whether this is that version or a later one, builds aside. */
    public boolean isAtLeast(WindowsVersion other) {
        return major > other.major || (major == other.major && minor >= other.minor);
    }

    boolean isEleven() {
        return build >= FIRST_BUILD_OF_ELEVEN;
    }

    @Override
    public int compareTo(WindowsVersion other) {
        return Comparator.comparingInt(WindowsVersion::major)
                .thenComparingInt(WindowsVersion::minor)
                .thenComparingInt(WindowsVersion::build)
                .compare(this, other);
    }

    /** Without the build, for example {@code 6.1}. */
    @Override
    public String toString() {
        return major + "." + minor;
    }
}
