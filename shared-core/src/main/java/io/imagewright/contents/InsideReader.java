package io.imagewright.contents;

import java.util.List;
import java.util.function.Consumer;

import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.packages.InstalledPackage;
import io.imagewright.guest.packages.InstalledPackages;

/** Finds out what is inside a guest. */
public final class InsideReader {

    private InsideReader() {}

    /**
     * Walks the whole tree once, and reads the lists of packages.
     *
     * @param mountPoints of the guest's file systems
     * @param warnings gets full sentences: what could not be read
     * @throws io.imagewright.error.ImageException SOURCE when the tree cannot be walked
     */
    public static Contents read(GuestTree guest, List<GuestPath> mountPoints, Consumer<String> warnings) {
        List<Entry> entries = guest.walk(GuestPath.ROOT);
        List<InstalledPackage> packages = InstalledPackages.of(guest, warnings);
        return new Contents(new DebianLicences(guest, entries).of(packages), TreeSizes.of(entries, mountPoints));
    }
}
