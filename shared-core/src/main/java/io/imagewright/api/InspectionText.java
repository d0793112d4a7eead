package io.imagewright.api;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import io.imagewright.error.Wording;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.progress.ByteCount;

/** An inspection as lines for people. */
final class InspectionText {

    private InspectionText() {}

    static List<String> of(String name, ImageInspection inspection, Wording wording) {
        Facts facts = inspection.facts();
        List<String> lines = new ArrayList<>();
        lines.add("Image " + name + ": " + (facts.product().isEmpty() ? "unknown system" : facts.product()));
        boolean several = inspection.disks().size() > 1;
        int number = 1;
        for (ImageInspection.DiskInfo disk : inspection.disks()) {
            lines.add((several ? "  disk " + number++ + " (" + disk.file() + "): size " : "  size ")
                    + ByteCount.format(disk.size()) + ", partition table " + disk.partitionTable());
        }
        for (Volume volume : facts.volumes()) {
            lines.add(volume(volume, facts));
        }
        if (facts.isLinux()) {
            String by = facts.growth().by();
            lines.add(
                    by.isEmpty()
                            ? "  nothing grows the root file system at boot"
                            : "  root file system grown at boot by " + by);
        }
        if (!facts.properties().isEmpty()) {
            lines.add("Properties:");
            new TreeMap<>(facts.properties()).forEach((key, value) -> lines.add("  " + key + " = " + value));
        }
        operations(lines, "Operations that would run:", inspection, true);
        operations(lines, "Operations that would not run:", inspection, false);
        if (!inspection.parameters().isEmpty()) {
            lines.add("Parameters:");
            for (ImageInspection.ParameterInfo parameter : inspection.parameters()) {
                lines.add("  " + parameter.name() + " (" + parameter.type() + ", default '" + parameter.defaultValue()
                        + "') = '" + parameter.value() + "'");
                lines.add("      " + parameter.description());
            }
        }
        inspection.warnings().forEach(warning -> lines.add("Warning: " + warning.in(wording)));
        return lines;
    }

    private static void operations(List<String> lines, String title, ImageInspection inspection, boolean running) {
        List<String> found = new ArrayList<>();
        for (ImageInspection.OperationInfo operation : inspection.operations()) {
            if ((operation.enabled() && operation.applies()) == running) {
                String reason = running ? "" : operation.enabled() ? " (not for this guest)" : " (disabled)";
                found.add("  " + operation.name() + reason);
                found.add("      " + operation.description());
            }
        }
        if (!found.isEmpty()) {
            lines.add(title);
            lines.addAll(found);
        }
    }

    private static String volume(Volume volume, Facts facts) {
        List<String> points = facts.mounts().stream()
                .filter(mount -> mount.partition() == volume.partition())
                .map(mount -> mount.point().toString())
                .toList();
        String where = volume.partition() == 0 ? "whole disk" : volume.describe();
        return "  " + where + ": " + (volume.type().isEmpty() ? "unknown" : volume.type()) + ", "
                + ByteCount.format(volume.length())
                + (points.isEmpty() ? "" : ", mounted on " + String.join(", ", points));
    }
}
