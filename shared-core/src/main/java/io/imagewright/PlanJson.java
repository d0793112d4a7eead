package io.imagewright;

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
            operation
                    .changes()
                    .forEach(change ->
                            changes.addObject().put("path", change.path()).put("change", change.change()));
        }
        image.put("shrink", plan.shrink());
        ArrayNode files = image.putArray("files");
        plan.files().forEach(files::add);
        ArrayNode warnings = image.putArray("warnings");
        plan.warnings().forEach(warnings::add);
        return image;
    }
}
