package io.imagewright.progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class HeartbeatTest {

    private final List<String> lines = new ArrayList<>();
    private long now;

    private Heartbeat heartbeat() {
        return new Heartbeat(new PlainRenderer(lines::add, lines::add, () -> now), () -> now);
    }

    /** Passes seconds, with a look at the clock every half. */
    private void pass(Heartbeat heartbeat, int seconds) {
        for (int i = 0; i < 2 * seconds; i++) {
            now += Duration.ofMillis(500).toNanos();
            heartbeat.tick();
        }
    }

    @Test
    public void aSilentStep_isReportedEveryTenSeconds_withWhatItDoes() {
        try (Heartbeat heartbeat = heartbeat()) {
            heartbeat.on(new ProgressEvent.StepStarted("boot"));
            pass(heartbeat, 10);
            heartbeat.on(new ProgressEvent.StepActivity("boot", "waiting for port 22"));
            heartbeat.on(new ProgressEvent.StepProgress("boot", 30));
            pass(heartbeat, 25);
            heartbeat.on(new ProgressEvent.StepEnded("boot", Duration.ofSeconds(35), 0, "up"));
        }
        assertEquals(
                List.of(
                        "boot: still running after 10 s",
                        "boot: still running after 20 s, 30 %, waiting for port 22",
                        "boot: still running after 30 s, 30 %, waiting for port 22",
                        "boot: up in 35.0 s"),
                lines);
    }

    @Test
    public void aStepWithEvents_hasNoHeartbeat_butOneWhoseProgressStandsStillHas() {
        try (Heartbeat heartbeat = heartbeat()) {
            heartbeat.on(new ProgressEvent.StepStarted("copy"));
            for (int i = 1; i <= 4; i++) {
                pass(heartbeat, 6);
                heartbeat.on(new ProgressEvent.CopyProgress("copy", (long) i << 30, 10L << 30));
            }
            lines.clear();
            for (int i = 0; i < 3; i++) {
                pass(heartbeat, 5);
                heartbeat.on(new ProgressEvent.CopyProgress("copy", 4L << 30, 10L << 30));
            }
        }
        assertEquals(
                List.of("copy: still running after 34 s, 40 %, 4.0 GiB of 10.0 GiB"),
                lines.stream().filter(line -> line.contains("still")).toList());
    }

    @Test
    public void betweenSteps_thereIsAHeartbeatToo() {
        try (Heartbeat heartbeat = heartbeat()) {
            pass(heartbeat, 10);
        }
        assertEquals(List.of("still running after 10 s"), lines);
    }
}
