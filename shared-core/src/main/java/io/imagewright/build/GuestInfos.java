package io.imagewright.build;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.imagewright.format.GuestInfo;
import io.imagewright.guest.packages.InstalledPackage;
import io.imagewright.job.GuestReport;

/** What the writers of outputs may know of the guest, from what the worker found. */
final class GuestInfos {

    /** For guests whose architecture is unknown. */
    private static final String USUAL = "amd64";

    /** Words of dpkg, rpm, apk and pacman, and Go's for the same, which container images use. */
    private static final Map<String, String> ARCHITECTURES = Map.ofEntries(
            Map.entry("amd64", "amd64"),
            Map.entry("x86_64", "amd64"),
            Map.entry("i386", "386"),
            Map.entry("i586", "386"),
            Map.entry("i686", "386"),
            Map.entry("x86", "386"),
            Map.entry("arm64", "arm64"),
            Map.entry("aarch64", "arm64"),
            Map.entry("armhf", "arm"),
            Map.entry("armel", "arm"),
            Map.entry("armv7", "arm"),
            Map.entry("armv7h", "arm"),
            Map.entry("armv7hl", "arm"),
            Map.entry("ppc64el", "ppc64le"),
            Map.entry("ppc64le", "ppc64le"),
            Map.entry("riscv64", "riscv64"),
            Map.entry("s390x", "s390x"),
            Map.entry("loong64", "loong64"),
            Map.entry("loongarch64", "loong64"));

    private GuestInfos() {}

    static GuestInfo of(GuestReport report, String name, String version) {
        String family = report.facts().osFamily();
        return new GuestInfo(
                architecture(report.contents().packages()),
                family.isEmpty() || family.equals("unknown") ? "linux" : family,
                report.timestamp(),
                name,
                version);
    }

    /** That of most packages: a guest may have some of another one beside its own. */
    static String architecture(List<InstalledPackage> packages) {
        Map<String, Long> counts = packages.stream()
                .map(InstalledPackage::architecture)
                .filter(ARCHITECTURES::containsKey)
                .collect(Collectors.groupingBy(word -> ARCHITECTURES.getOrDefault(word, USUAL), Collectors.counting()));
        return counts.isEmpty()
                ? USUAL
                : Collections.max(
                                counts.entrySet(),
                                Comparator.comparing((Function<Map.Entry<String, Long>, Long>) Map.Entry::getValue)
                                        .thenComparing(Map.Entry::getKey))
                        .getKey();
    }
}
