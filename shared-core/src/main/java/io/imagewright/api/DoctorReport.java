package io.imagewright.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.imagewright.error.ImageException;
import io.imagewright.exec.Accelerator;
import io.imagewright.exec.ProcessExec;
import io.imagewright.manifest.Json;

/**
 * What this machine has of what builds need, and which guests it serves.
 *
 * @param findings what was looked for
 */
public record DoctorReport(List<Finding> findings) {

    /** What the engine libguestfs cannot do without. */
    private static final Set<String> APPLIANCE = Set.of("libguestfs", "appliance kernel", "qemu-system-x86_64");

    /** Copies the list. */
    public DoctorReport {
        findings = List.copyOf(findings);
    }

    /**
     * One thing that is there or not.
     *
     * @param name of the program or library
     * @param version empty when it is not there; {@code unknown} when it does not print one
     * @param neededFor what does not work without it
     * @param debianPackage that holds it
     * @param required whether every build needs it
     */
    public record Finding(String name, String version, String neededFor, String debianPackage, boolean required) {

        /** Whether it is there. */
        public boolean found() {
            return !version.isEmpty();
        }
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Java " + Runtime.version().feature() + ", "
                + Runtime.getRuntime().availableProcessors() + " cores");
        for (Finding finding : findings) {
            lines.add(String.format(
                    "  %-18s %-10s %s",
                    finding.name(),
                    finding.found() ? finding.version() : "MISSING",
                    finding.neededFor() + (finding.required() ? "" : " (optional)")));
        }
        served().forEach((guests, how) -> lines.add("Guests on " + guests + ": " + how + "."));
        String packages = findings.stream()
                .filter(finding -> !finding.found())
                .map(Finding::debianPackage)
                .distinct()
                .collect(Collectors.joining(" "));
        if (!packages.isEmpty()) {
            lines.add("To install what is missing on Debian: apt-get install " + packages);
        }
        return lines;
    }

    /** Which engine serves what, by kind of guest. */
    private Map<String, String> served() {
        boolean direct = findings.stream().allMatch(finding -> finding.found() || !finding.required());
        Map<String, String> served = new LinkedHashMap<>();
        served.put(
                "ext2, ext3 and ext4 on plain partitions",
                direct
                        ? "engine direct, without root, virtual machine or KVM"
                        : "not served until what is missing is installed");
        List<String> missing = findings.stream()
                .filter(finding -> APPLIANCE.contains(finding.name()) && !finding.found())
                .map(Finding::debianPackage)
                .toList();
        served.put(
                "XFS, btrfs, NTFS, LVM, RAID or LUKS, and Windows",
                missing.isEmpty()
                        ? "engine libguestfs, in a virtual machine of its own (" + accelerator() + ")"
                        : "not served until these packages are installed: " + String.join(" ", missing));
        return served;
    }

    private static String accelerator() {
        return Accelerator.find(new ProcessExec(), System.getenv()).toString();
    }

    /**
     * Refuses a machine on which no engine works.
     *
     * @throws ImageException ENVIRONMENT saying what to install
     */
    public void requireEngine() {
        boolean direct = findings.stream().allMatch(finding -> finding.found() || !finding.required());
        boolean appliance = findings.stream()
                .filter(finding -> APPLIANCE.contains(finding.name())
                        || (finding.required() && finding.debianPackage().equals("util-linux")))
                .allMatch(Finding::found);
        if (!direct && !appliance) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "No engine works on this machine",
                    findings.stream()
                                    .filter(finding -> finding.required() && !finding.found())
                                    .map(Finding::name)
                                    .collect(Collectors.joining(", "))
                            + " missing",
                    "On Debian: apt-get install "
                            + findings.stream()
                                    .filter(finding -> finding.required() && !finding.found())
                                    .map(Finding::debianPackage)
                                    .distinct()
                                    .collect(Collectors.joining(" "))
                            + ".");
        }
    }

    /** For programs: maps, lists, texts, numbers and flags, of which {@link Json} makes JSON. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("java", Runtime.version().feature());
        document.put("cores", Runtime.getRuntime().availableProcessors());
        document.put("guests", served());
        document.put(
                "findings",
                findings.stream()
                        .map(finding -> {
                            Map<String, Object> node = Json.map(finding);
                            node.put("found", finding.found());
                            return node;
                        })
                        .toList());
        return document;
    }
}
