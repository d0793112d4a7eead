package io.imagewright;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import io.imagewright.progress.ByteSize;
import io.imagewright.progress.SummaryTable;

/** The last lines of a build: its steps, what came out, and how much smaller it is. */
final class BuildSummary {

    private BuildSummary() {}

    static List<String> of(ImageBuildResult result) {
        SummaryTable table = new SummaryTable();
        for (ImageBuildResult.StepReport step : result.steps()) {
            table.add(step.step(), Duration.ofMillis(Math.round(step.seconds() * 1000)), step.bytes());
        }
        List<String> lines = new ArrayList<>();
        String product = result.facts().product();
        lines.add("Image " + result.name() + ": " + (product.isEmpty() ? "" : product + ", ") + "source "
                + ByteSize.format(result.sourceSize()) + ", " + ByteSize.format(result.sourceStored()) + " stored");
        lines.addAll(table.lines());
        for (ImageBuildResult.Output output : result.outputs()) {
            lines.add(output.file().getFileName() + ": " + ByteSize.format(output.virtualSize()) + ", "
                    + ByteSize.format(output.storedSize()) + " stored");
            new TreeMap<>(output.digests()).forEach((word, digest) -> lines.add("  " + word + " " + digest));
        }
        return lines;
    }
}
