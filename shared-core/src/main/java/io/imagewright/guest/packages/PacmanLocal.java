package io.imagewright.guest.packages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Lines;

/**
 * Arch's list of installed packages: a directory {@code <name>-<version>-<release>} for each, with a file {@code desc} of {@code %FIELD%} lines,
 * each with its values on the lines behind it, up to an empty one.
 */
final class PacmanLocal {

    private static final String DIRECTORY = "/var/lib/pacman/local";

    /** Bytes of a description; real ones have a few thousand. */
    private static final int MAX_DESCRIPTION = 64 << 10;

    /** Descriptions that are in memory at a time. */
    private static final int BATCH = 500;

    /** Values of one field that are kept. */
    private static final int MAX_VALUES = 64;

    private PacmanLocal() {}

    /** Adds the packages, versions with releases. */
    static void read(GuestFiles files, PackageList packages) {
        List<GuestPath> directories = files.list(DIRECTORY).stream()
                .filter(entry -> entry.stat().isDirectory())
                .map(Entry::path)
                .toList();
        for (int from = 0; from < directories.size(); from += BATCH) {
            List<GuestPath> batch = directories.subList(from, Math.min(directories.size(), from + BATCH));
            Map<GuestPath, Bytes> descriptions =
                    files.readAll(batch.stream().map(PacmanLocal::description).toList(), MAX_DESCRIPTION);
            batch.forEach(directory -> add(
                    directory.name(),
                    descriptions
                            .getOrDefault(description(directory), Bytes.EMPTY)
                            .text(),
                    packages));
        }
    }

    private static GuestPath description(GuestPath directory) {
        return directory.child("desc");
    }

    private static void add(String directory, String description, PackageList packages) {
        int version = directory.lastIndexOf('-', directory.lastIndexOf('-') - 1);
        if (version <= 0) {
            return;
        }
        Map<String, List<String>> fields = fields(description);
        packages.add(new InstalledPackage(
                "alpm",
                directory.substring(0, version),
                directory.substring(version + 1),
                first(fields, "%ARCH%"),
                String.join(InstalledPackage.SEPARATOR, fields.getOrDefault("%LICENSE%", List.of())),
                first(fields, "%BASE%"),
                "",
                PackageFields.number(first(fields, "%SIZE%"))));
    }

    private static Map<String, List<String>> fields(String description) {
        Map<String, List<String>> fields = new HashMap<>();
        List<String> values = new ArrayList<>();
        for (String line : Lines.of(description).toList()) {
            if (line.startsWith("%") && line.endsWith("%")) {
                values = fields.computeIfAbsent(line, name -> new ArrayList<>());
            } else if (!line.isBlank() && values.size() < MAX_VALUES) {
                values.add(line.strip());
            }
        }
        return fields;
    }

    private static String first(Map<String, List<String>> fields, String name) {
        return fields.getOrDefault(name, List.of()).stream().findFirst().orElse("");
    }
}
