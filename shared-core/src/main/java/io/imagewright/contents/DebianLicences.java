package io.imagewright.contents;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.packages.InstalledPackage;

/** The licences of Debian's packages, which dpkg does not know: they are in {@code /usr/share/doc/<package>/copyright}. */
final class DebianLicences {

    private static final GuestPath DOCUMENTS = GuestPath.of("/usr/share/doc");

    /** Bytes of a file that is read; the longest of a full system have a few hundred thousand. */
    private static final int MAX_FILE = 1 << 20;

    /** Bytes that are in memory at a time. */
    private static final long MAX_BATCH = 8 << 20;

    /** Bytes that are read in all, however many packages a guest claims to have. */
    private static final long MAX_ALL = 512 << 20;

    private final GuestTree guest;
    private final Map<GuestPath, Long> sizes = new HashMap<>();
    private final Set<GuestPath> links = new HashSet<>();

    /** @param entries all of the guest's */
    DebianLicences(GuestTree guest, List<Entry> entries) {
        this.guest = guest;
        for (Entry entry : entries) {
            boolean named = entry.path().depth() == DOCUMENTS.depth() + 2
                    && entry.path().name().equals("copyright");
            if (named && entry.path().startsWith(DOCUMENTS) && entry.stat().isRegular()) {
                sizes.put(entry.path(), entry.stat().size());
            } else if (entry.stat().isSymlink()
                    && entry.path().depth() > DOCUMENTS.depth()
                    && entry.path().startsWith(DOCUMENTS)) {
                links.add(entry.path());
            }
        }
    }

    /** The packages with what is known of their licences. */
    List<InstalledPackage> of(List<InstalledPackage> packages) {
        Map<GuestPath, String> licences = new HashMap<>();
        Map<GuestPath, Long> batch = new LinkedHashMap<>();
        long all = 0;
        long together = 0;
        Map<String, GuestPath> files = files(packages);
        for (GuestPath file : new HashSet<>(files.values())) {
            long size = sizes.getOrDefault(file, 0L);
            if (size <= 0 || size > MAX_FILE || all + size > MAX_ALL) {
                continue;
            }
            all += size;
            together += size;
            batch.put(file, size);
            if (together > MAX_BATCH) {
                read(batch, licences);
                together = 0;
            }
        }
        read(batch, licences);
        List<InstalledPackage> known = new ArrayList<>();
        for (InstalledPackage each : packages) {
            GuestPath file = isDebian(each) ? files.get(each.name()) : null;
            String licence = file == null ? "" : licences.getOrDefault(file, "");
            known.add(licence.isEmpty() ? each : each.withLicence(licence));
        }
        return known;
    }

    private static boolean isDebian(InstalledPackage each) {
        return each.kind().equals("deb") && each.name().matches("[a-z0-9][a-z0-9.+-]*");
    }

    /** Where the copyright of each package is. */
    private Map<String, GuestPath> files(List<InstalledPackage> packages) {
        Map<String, GuestPath> files = new HashMap<>();
        for (InstalledPackage each : packages) {
            if (isDebian(each)) {
                file(each.name()).ifPresent(file -> files.put(each.name(), file));
            }
        }
        return files;
    }

    /** The directory of one package may be a link to that of another one, and so may the file. */
    private Optional<GuestPath> file(String name) {
        GuestPath directory = DOCUMENTS.child(name);
        GuestPath file = directory.child("copyright");
        boolean linked = links.contains(directory) || links.contains(file);
        return linked
                ? resolve(file).filter(sizes::containsKey)
                : Optional.of(file).filter(sizes::containsKey);
    }

    private Optional<GuestPath> resolve(GuestPath file) {
        try {
            return guest.resolve(file);
        } catch (io.imagewright.error.ImageException circle) {
            return Optional.empty();
        }
    }

    private void read(Map<GuestPath, Long> batch, Map<GuestPath, String> licences) {
        if (!batch.isEmpty()) {
            Map<GuestPath, Bytes> contents = guest.read(batch.keySet(), MAX_FILE);
            contents.forEach((file, content) -> licences.put(file, CopyrightFile.licence(content.text())));
            batch.clear();
        }
    }
}
