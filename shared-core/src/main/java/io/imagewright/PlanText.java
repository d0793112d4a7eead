package io.imagewright;

import java.util.ArrayList;
import java.util.List;

import io.imagewright.progress.ByteSize;

/** A plan as lines for people. */
final class PlanText {

    private PlanText() {}

    static List<String> of(String name, ImagePlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("Image " + name + ": " + plan.facts().product() + ", " + ByteSize.format(plan.size()));
        for (ImagePlan.OperationPlan operation : plan.operations()) {
            lines.add("  " + operation.name() + ": " + summary(operation));
            operation.changes().forEach(change -> lines.add("      " + change.path() + ": " + change.change()));
        }
        lines.add("  shrink: " + plan.shrink());
        lines.add("  files: " + String.join(", ", plan.files()));
        return lines;
    }

    private static String summary(ImagePlan.OperationPlan operation) {
        if (!operation.skipped().isEmpty()) {
            return "skipped, " + operation.skipped();
        }
        int count = operation.changes().size();
        return count == 0
                ? "nothing to do"
                : count
                        + (count == 1 ? " change, " : " changes, ")
                        + ByteSize.format(operation.bytes())
                        + (operation.isAction() ? " written" : " removed");
    }
}
