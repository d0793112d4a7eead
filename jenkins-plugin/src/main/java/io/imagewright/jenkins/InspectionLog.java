package io.imagewright.jenkins;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.imagewright.progress.ByteCount;

/** What an inspection found, in a few lines. */
final class InspectionLog {

    private InspectionLog() {}

    static void write(JsonNode inspection, PrintStream log) {
        log.println("Image " + inspection.path("name").asText() + ": "
                + inspection.path("product").asText() + ", "
                + ByteCount.format(inspection.path("size").asLong()) + ", partition table "
                + inspection.path("partitionTable").asText());
        inspection
                .path("volumes")
                .forEach(volume -> log.println("  partition "
                        + volume.path("partition").asInt() + ": "
                        + volume.path("type").asText() + ", "
                        + ByteCount.format(volume.path("length").asLong())));
        inspection
                .path("properties")
                .properties()
                .forEach(property -> log.println(
                        "  " + property.getKey() + " = " + property.getValue().asText()));
        List<String> running = new ArrayList<>();
        List<String> others = new ArrayList<>();
        inspection.path("operations").forEach(operation -> {
            boolean runs = operation.path("enabled").asBoolean()
                    && operation.path("applies").asBoolean();
            (runs ? running : others).add(operation.path("name").asText());
        });
        log.println("  Operations that would run: " + String.join(", ", running));
        log.println("  Operations that would not run: " + String.join(", ", others));
    }
}
