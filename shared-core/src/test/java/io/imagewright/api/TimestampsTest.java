package io.imagewright.api;

import io.imagewright.error.ImageException;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;

public class TimestampsTest {

    @Test
    public void readsBothSpellings() {
        assertEquals(
                Long.valueOf(1767225600),
                Timestamps.epochSeconds("project.build.outputTimestamp", "2026-01-01T00:00:00Z", null));
        assertEquals(
                Long.valueOf(1767225600),
                Timestamps.epochSeconds("project.build.outputTimestamp", "2026-01-01T01:00:00+01:00", null));
        assertEquals(
                Long.valueOf(1767225600), Timestamps.epochSeconds("project.build.outputTimestamp", "1767225600", null));
    }

    @Test
    public void fallsBackToTheEnvironment() {
        assertEquals(Long.valueOf(12), Timestamps.epochSeconds("project.build.outputTimestamp", null, "12"));
        assertEquals(Long.valueOf(12), Timestamps.epochSeconds("project.build.outputTimestamp", "x", "12"));
        assertEquals(Long.valueOf(7), Timestamps.epochSeconds("project.build.outputTimestamp", "7", "12"));
        assertNull(Timestamps.epochSeconds("project.build.outputTimestamp", null, null));
        assertNull(Timestamps.epochSeconds("project.build.outputTimestamp", "-", ""));
    }

    @Test
    public void refusesWhatIsNoTime() {
        assertEquals(
                "project.build.outputTimestamp: expected a time such as 2026-01-31T12:00:00Z or seconds since 1970,"
                        + " found 'yesterday'",
                assertThrows(
                                ImageException.class,
                                () -> Timestamps.epochSeconds("project.build.outputTimestamp", "yesterday", null))
                        .getMessage());
        assertEquals(
                "SOURCE_DATE_EPOCH: expected seconds since 1970, found 'now'",
                assertThrows(
                                ImageException.class,
                                () -> Timestamps.epochSeconds("project.build.outputTimestamp", null, "now"))
                        .getMessage());
    }
}
