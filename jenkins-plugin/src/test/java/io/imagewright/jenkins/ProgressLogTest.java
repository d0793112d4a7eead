package io.imagewright.jenkins;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class ProgressLogTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();
    private final ProgressLog log = new ProgressLog(
            new PrintStream(bytes, true, StandardCharsets.UTF_8), line -> "<yellow>" + line, nanos::get);

    private void receive(String... lines) {
        List.of(lines).forEach(log::line);
    }

    private List<String> shown() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static String helper(double time, String subtype, String task) {
        return "{\"type\":\"image-helper\",\"timestamp\":" + time + ",\"subtype\":\"" + subtype + "\",\"task\":\""
                + task + "\"}";
    }

    private static String copied(long position) {
        return "{\"type\":\"image-copy-progress\",\"timestamp\":1,\"position\":" + position
                + ",\"total\":1073741824,\"progress\":1}";
    }

    @Test
    public void aLineForEachStep_withItsTimeAndBytes() {
        receive(
                helper(10, "task-start", "check"),
                helper(10.25, "task-end", "check"),
                helper(11, "task-start", "write"),
                copied(1073741824),
                helper(15, "task-end", "write"));
        assertEquals(List.of("check: 0.3 s", "write: 1.0 GiB, 4.0 s"), shown());
    }

    @Test
    public void copyProgressComesEveryTenSecondsAtMost() {
        receive(helper(1, "task-start", "write"));
        for (int second = 1; second <= 31; second++) {
            nanos.set(TimeUnit.SECONDS.toNanos(second));
            receive(copied(second << 20));
        }
        assertEquals(
                List.of(
                        "write: 1 %, 10.0 MiB of 1.0 GiB",
                        "write: 2 %, 20.0 MiB of 1.0 GiB", "write: 3 %, 30.0 MiB of 1.0 GiB"),
                shown());
    }

    @Test
    public void warningsStandOut_andNobodyForgesLines() {
        receive(
                "{\"type\":\"image-helper\",\"timestamp\":1,\"subtype\":\"warning\",\"messages\":[\" a\\nb\\u001b[2J\"]}",
                "{\"type\":\"image-info\",\"timestamp\":1,\"messages\":[\"Starting image copy...\"]}",
                "{\"type\":\"image-info\",\"timestamp\":1,\"messages\":[\"one\"]}");
        assertEquals(List.of("<yellow>Warning: a b [2J", "one"), shown());
    }

    @Test
    public void resultsAreKept_andTheTableOfStepsIsShown() {
        receive(
                helper(1, "task-start", "write"),
                helper(3, "task-end", "write"),
                "{\"type\": \"image-result\", \"image\": \"web\", \"result\": {\"directory\": \"/w\"}}");
        assertEquals("/w", log.results().get(0).at("/result/directory").asText());
        assertEquals(List.of("write: 2.0 s", "step   seconds  bytes", "write      2.0", "total      2.0"), shown());
    }

    @Test
    public void whatIsNoMessageIsShown_andExplainsAFailure() {
        receive("Error: Unable to access jarfile", "", "{\"type\":", "{\"no\":1}");
        assertEquals(List.of("Error: Unable to access jarfile", "{\"type\":", "{\"no\":1}"), shown());
        assertEquals("Error: Unable to access jarfile", log.failure());
        receive("imagewright: size: expected a size", "Usage: imagewright build");
        assertEquals("size: expected a size", log.failure());
        receive("{\"type\":\"image-error\",\"timestamp\":1,\"messages\":[\"Cannot read disk.raw: no such file\"]}");
        assertEquals("Cannot read disk.raw: no such file", log.failure());
    }

    /** For people it takes several lines. */
    @Test
    public void aReasonOfSeveralLinesEndsTheBuildAsAWhole() {
        String message =
                "{\"type\":\"image-error\",\"timestamp\":1,\"messages\":[\"web does not boot. The last lines:\\n  panic\"]}";
        String whole = "web does not boot. The last lines:   panic";
        receive(message, "imagewright: web does not boot. The last lines:", "  panic");
        assertEquals(whole, log.failure());
        assertEquals(List.of("panic"), shown());
        receive(message);
        assertEquals(whole, log.failure());
        assertEquals(List.of("panic"), shown());
    }

    /** The last one is what Jenkins ends the build with. */
    @Test
    public void eachReasonIsShownOnce() {
        receive(
                "{\"type\":\"image-error\",\"timestamp\":1,\"messages\":[\"web is damaged\"]}",
                "imagewright: web is damaged",
                "{\"type\":\"image-error\",\"timestamp\":1,\"messages\":[\"db is damaged\"]}",
                "imagewright: db is damaged");
        assertEquals(List.of("web is damaged"), shown());
        assertEquals("db is damaged", log.failure());
    }
}
