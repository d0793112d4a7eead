package io.imagewright.progress;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** A clock that is moved by hand. */
final class FakeTime extends Clock implements LongSupplier {

    private Instant now = Instant.parse("2026-11-21T10:00:00.250Z");

    void pass(double seconds) {
        now = now.plus(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    @Override
    public long getAsLong() {
        return now.toEpochMilli() * 1_000_000;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
