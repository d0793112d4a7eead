package io.imagewright.progress;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.imagewright.error.ImageException;
import io.imagewright.exec.Command;
import io.imagewright.exec.FedProgram;
import io.imagewright.exec.Limits;

/** Lines for syslog, through logger(1). A failure there is reported once, and does not fail the work. */
public final class SyslogLines implements Consumer<String>, AutoCloseable {

    private static final Limits LIMITS = Limits.ofTime(Duration.ofSeconds(10));

    private final FedProgram logger;
    private final Consumer<String> warn;
    private boolean broken;

    private SyslogLines(FedProgram logger, Consumer<String> warn) {
        this.logger = logger;
        this.warn = warn;
    }

    /**
     * Starts logger(1). The lines are given by the thread that calls this.
     *
     * @param warn gets the report of a failure
     * @throws ImageException ENVIRONMENT when there is no logger(1)
     */
    public static SyslogLines start(Consumer<String> warn) {
        Command command = new Command(List.of("logger", "--id", "--tag", "imagewright"), Map.of(), LIMITS);
        return new SyslogLines(FedProgram.start(command), warn);
    }

    @Override
    public void accept(String line) {
        if (broken) {
            return;
        }
        try {
            if (!logger.feed(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)), () -> {})) {
                warnOnce("logger(1) does not read");
            }
        } catch (ImageException hangs) {
            warnOnce(String.valueOf(hangs.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void warnOnce(String reason) {
        broken = true;
        warn.accept("nothing more goes to syslog: " + reason);
    }

    @Override
    public void close() {
        try (logger) {
            if (!broken) {
                logger.finish();
            }
        } catch (ImageException failure) {
            warnOnce(String.valueOf(failure.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
