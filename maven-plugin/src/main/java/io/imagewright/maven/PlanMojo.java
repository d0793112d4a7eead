package io.imagewright.maven;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imagewright.ImageBuild;
import io.imagewright.ImageBuildRequest;
import io.imagewright.ImagePlan;
import io.imagewright.progress.ByteSize;
import io.imagewright.progress.ProgressListener;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Tells what <code>image:build</code> would do, each change to the guest among it; nothing is written. With <code>-q
 * -Dimage.output=json</code> the standard output holds the JSON alone: an object for one image, an array for several.
 *
 * @since 0.1.0
 */
@Mojo(name = "plan", requiresProject = false, threadSafe = true)
public final class PlanMojo extends AnswerMojo {

    @Override
    void execute(ImageBuildRequest request, boolean named, ProgressListener listener) {
        String name = request.description().name();
        ImagePlan plan = ImageBuild.plan(request, listener);
        answer(text(name, plan), json(name, plan));
    }

    static List<String> text(String name, ImagePlan plan) {
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

    static ObjectNode json(String name, ImagePlan plan) {
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
