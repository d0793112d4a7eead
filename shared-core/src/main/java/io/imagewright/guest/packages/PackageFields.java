package io.imagewright.guest.packages;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Package lists made of paragraphs of {@code field:value} lines, as those of dpkg and apk are.
 *
 * @param names the fields that count
 * @param installed the package that a paragraph describes; empty when it is not installed
 */
record PackageFields(Set<String> names, Function<Map<String, String>, Optional<InstalledPackage>> installed) {

    /** Adds the packages of these lines. */
    void read(Stream<String> lines, PackageList packages) {
        Map<String, String> paragraph = new HashMap<>();
        lines.forEach(line -> {
            int colon = line.indexOf(':');
            if (line.isEmpty()) {
                end(paragraph, packages);
            } else if (colon > 0 && names.contains(line.substring(0, colon))) {
                paragraph.put(
                        line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        end(paragraph, packages);
    }

    private void end(Map<String, String> paragraph, PackageList packages) {
        installed.apply(paragraph).ifPresent(packages::add);
        paragraph.clear();
    }

    /** The number in a field; 0 when it has none that makes sense. */
    static long number(String text) {
        return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : 0;
    }
}
