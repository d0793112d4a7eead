package io.imagewright.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.progress.ByteCount;
import io.imagewright.progress.SummaryTable;

/** The last lines of a build: its steps, what came out, and how much smaller it is. */
final class BuildSummary {

    /** What the bytes of a step are, where they are not what it read and wrote. */
    private static final Map<String, String> MEANINGS = Map.of(
            "source", "stored in the source",
            "copy", "copied from the source",
            "sysprep", "removed from the guest",
            "customise", "written to the guest",
            "shrink", "removed from the disk",
            "contents", "in the guest's files",
            "write", "written to the images");

    private BuildSummary() {}

    /** What came out: the directory, and each file. */
    static List<String> files(ImageBuildResult result) {
        List<String> lines = new ArrayList<>();
        lines.add("Files in " + result.manifest().toAbsolutePath().normalize().getParent() + ":");
        for (ImageBuildResult.Output output : result.outputs()) {
            lines.add(output.file().getFileName() + ": " + sizes(output.virtualSize(), output.storedSize()));
            new TreeMap<>(output.digests()).forEach((word, digest) -> lines.add("  " + word + " " + digest));
        }
        return lines;
    }

    private static String sizes(long virtual, long stored) {
        return "virtual size " + ByteCount.format(virtual) + ", stored " + ByteCount.format(stored);
    }

    static List<String> of(ImageBuildResult result) {
        SummaryTable table = new SummaryTable();
        for (ImageBuildResult.StepReport step : result.steps()) {
            table.add(
                    step.step(),
                    Duration.ofMillis(Math.round(step.seconds() * 1000)),
                    step.bytes(),
                    MEANINGS.getOrDefault(step.step(), ""));
        }
        List<String> lines = new ArrayList<>();
        String product = result.facts().product();
        lines.add("Image " + result.name() + ": " + (product.isEmpty() ? "" : product + ", ") + "from a disk of "
                + sizes(result.sourceSize(), result.sourceStored()));
        lines.addAll(table.lines());
        lines.addAll(files(result));
        return lines;
    }
}
