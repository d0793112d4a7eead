package io.imagewright.guest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Package lists made of paragraphs of {@code field:value} lines, as those of dpkg and apk are.
 *
 * @param name the field with a package's name
 * @param version the field with its version
 * @param status another field that counts
 * @param installed whether a paragraph is of an installed package
 */
record PackageFields(String name, String version, String status, Predicate<Map<String, String>> installed) {

    /** Adds the packages of these lines. */
    void read(Stream<String> lines, PackageList packages) {
        Set<String> fields = new HashSet<>(List.of(name, version, status));
        Map<String, String> paragraph = new HashMap<>();
        lines.forEach(line -> {
            int colon = line.indexOf(':');
            if (line.isEmpty()) {
                end(paragraph, packages);
            } else if (colon > 0 && fields.contains(line.substring(0, colon))) {
                paragraph.put(
                        line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        end(paragraph, packages);
    }

    private void end(Map<String, String> paragraph, PackageList packages) {
        if (installed.test(paragraph)) {
            packages.add(paragraph.getOrDefault(name, ""), paragraph.getOrDefault(version, ""));
        }
        paragraph.clear();
    }
}
