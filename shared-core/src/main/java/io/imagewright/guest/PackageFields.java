package io.imagewright.guest;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Package lists made of paragraphs of {@code field:value} lines, as those of dpkg and apk are. */
final class PackageFields {

    private PackageFields() {}

    /**
     * Versions by package.
     *
     * @param name the field with the package's name
     * @param version the field with its version
     * @param status another field that counts
     * @param installed whether a paragraph is of an installed package
     */
    static Map<String, String> versions(
            Bytes list, String name, String version, String status, Predicate<Map<String, String>> installed) {
        Set<String> fields = new HashSet<>(List.of(name, version, status));
        Map<String, String> versions = new TreeMap<>();
        Map<String, String> paragraph = new LinkedHashMap<>();
        Runnable end = () -> {
            String found = paragraph.getOrDefault(name, "");
            if (!found.isEmpty() && installed.test(paragraph) && versions.size() < Packages.MAX_PACKAGES) {
                versions.put(found, paragraph.getOrDefault(version, ""));
            }
            paragraph.clear();
        };
        Lines.of(list.text()).forEach(line -> {
            int colon = line.indexOf(':');
            if (line.isEmpty()) {
                end.run();
            } else if (colon > 0 && fields.contains(line.substring(0, colon))) {
                paragraph.put(
                        line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        end.run();
        return versions;
    }
}
