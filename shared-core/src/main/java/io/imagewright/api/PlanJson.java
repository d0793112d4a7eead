package io.imagewright.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A plan as JSON for programs. Keys and their order are fixed; sizes are bytes. */
final class PlanJson {

    private PlanJson() {}

    static ObjectNode of(String name, ImagePlan plan) {
        ObjectNode image = JsonNodeFactory.instance.objectNode();
        image.put("name", name);
        image.put("product", plan.facts().product());
        image.put("size", plan.size());
        ArrayNode operations = image.putArray("operations");
        for (ImagePlan.OperationPlan operation : plan.operations()) {
            ObjectNode node = operations.addObject();
            node.put("name", operation.name());
            node.put("skipped", operation.skipped());
            node.put("bytes", operation.bytes());
            ArrayNode changes = node.putArray("changes");
            for (ImagePlan.PlannedChange change : operation.changes()) {
                ObjectNode entry =
                        changes.addObject().put("path", change.path()).put("change", change.change());
                if (!change.diff().isEmpty()) {
                    ArrayNode diff = entry.putArray("diff");
                    change.diff().forEach(diff::add);
                }
            }
        }
        ImagePlan.Summary summary = plan.summary();
        image.putObject("summary")
                .put("operations", summary.operations())
                .put("idle", summary.idle())
                .put("changes", summary.changes())
                .put("filesRemoved", summary.filesRemoved())
                .put("bytesRemoved", summary.bytesRemoved())
                .put("bytesWritten", summary.bytesWritten());
        image.put("shrink", plan.shrink());
        ArrayNode files = image.putArray("files");
        plan.files().forEach(files::add);
        ArrayNode warnings = image.putArray("warnings");
        plan.warnings().forEach(warning -> warnings.add(warning.toString()));
        return image;
    }
}
