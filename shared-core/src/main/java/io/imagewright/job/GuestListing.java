package io.imagewright.job;

import java.io.IOException;
import java.util.List;

import io.imagewright.contents.Contents;
import io.imagewright.contents.DirectorySize;
import io.imagewright.contents.FileRecord;
import io.imagewright.contents.FileSpool;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.packages.InstalledPackage;
import io.imagewright.guest.packages.InstalledPackages;
import io.imagewright.progress.Counted;

/** Lists what is in a guest: its files, however many, in a file of the work directory. */
final class GuestListing {

    private final OpenedJob open;

    GuestListing(OpenedJob open) {
        this.open = open;
    }

    /** Writes the {@link FileSpool}, when that is what the job is for, and lists the packages. */
    Contents list(GuestTree guest) throws IOException {
        if (open.job().purpose() != GuestJob.Purpose.CONTENTS) {
            return Contents.NONE;
        }
        return open.steps().run("list", step -> {
            List<Entry> entries = guest.walk(GuestPath.ROOT);
            try (FileSpool.Writer files =
                    new FileSpool.Writer(open.job().directories().work().resolve(FileSpool.NAME))) {
                for (Entry entry : entries) {
                    files.add(new FileRecord(entry.path(), entry.stat(), target(guest, entry)));
                }
            }
            List<InstalledPackage> packages = InstalledPackages.of(guest, open.steps()::warn);
            step.detail(Counted.of(entries.size(), "file") + ", " + Counted.of(packages.size(), "package"));
            return new Contents(packages, DirectorySize.NONE);
        });
    }

    private static Bytes target(GuestTree guest, Entry entry) {
        return entry.stat().isSymlink() ? guest.readLink(entry.path()).orElse(Bytes.EMPTY) : Bytes.EMPTY;
    }
}
