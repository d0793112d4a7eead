package io.imagewright.api;

import java.util.ArrayList;
import java.util.List;

import io.imagewright.progress.ByteCount;
import io.imagewright.progress.Counted;

/** A plan as lines for people. */
final class PlanText {

    private PlanText() {}

    static List<String> of(String name, ImagePlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("Image " + name + ": " + plan.facts().product() + ", " + ByteCount.format(plan.size()));
        lines.add("  " + inNumbers(plan.summary()));
        List<String> idle = new ArrayList<>();
        for (ImagePlan.OperationPlan operation : plan.operations()) {
            if (operation.changes().isEmpty() && operation.skipped().isEmpty()) {
                idle.add(operation.name());
                continue;
            }
            lines.add("  " + operation.name() + ": " + summary(operation));
            for (ImagePlan.PlannedChange change : operation.changes()) {
                lines.add("      " + change.path() + ": " + change.change());
                change.diff().forEach(line -> lines.add("        " + line));
            }
        }
        if (!idle.isEmpty()) {
            lines.add("  nothing to do: " + String.join(", ", idle));
        }
        lines.add("  shrink: " + plan.shrink());
        lines.add("  files: " + String.join(", ", plan.files()));
        return lines;
    }

    private static String summary(ImagePlan.OperationPlan operation) {
        if (!operation.skipped().isEmpty()) {
            return "skipped, " + operation.skipped();
        }
        String changes = Counted.of(operation.changes().size(), "change");
        return operation.bytes() == 0
                ? changes
                : changes + ", " + ByteCount.format(operation.bytes())
                        + (operation.isAction() ? " written" : " removed");
    }

    private static String inNumbers(ImagePlan.Summary summary) {
        return Counted.of(summary.operations(), "operation") + " with " + Counted.of(summary.changes(), "change") + ": "
                + Counted.of(summary.filesRemoved(), "file") + " deleted or emptied ("
                + ByteCount.format(summary.bytesRemoved()) + ")"
                + (summary.bytesWritten() > 0 ? ", " + ByteCount.format(summary.bytesWritten()) + " written" : "");
    }
}
