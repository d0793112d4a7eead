package io.imagewright.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.imagewright.error.ImageException;
import io.imagewright.exec.Command;
import io.imagewright.exec.FedProgram;
import io.imagewright.exec.Limits;
import io.imagewright.progress.ConsoleRenderer;
import io.imagewright.progress.ExternalMonitor;
import io.imagewright.progress.JsonRenderer;
import io.imagewright.progress.Listeners;
import io.imagewright.progress.PlainRenderer;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.Terminal;
import org.jspecify.annotations.Nullable;

/** Tells of the work on one image, to everybody who wants to know. */
final class Telling implements ProgressListener, AutoCloseable {

    /** How. */
    record Style(
            ProgressOptions.Form form,
            boolean timestamps,
            boolean syslog,
            @Nullable String monitor) {}

    private static final Limits LOGGER_LIMITS = Limits.ofTime(Duration.ofSeconds(10));

    private final ProgressListener listener;
    private final List<AutoCloseable> closings = new ArrayList<>();
    private boolean failureTold;

    private Telling(Style style, String image, Surroundings surroundings) {
        List<ProgressListener> listeners = new ArrayList<>();
        listeners.add(renderer(style, surroundings));
        if (style.syslog()) {
            Consumer<String> logger = logger();
            listeners.add(new PlainRenderer(logger, line -> logger.accept("Warning: " + line), System::nanoTime));
        }
        if (style.monitor() != null) {
            ExternalMonitor monitor = ExternalMonitor.start(
                    style.monitor(), image, warning -> surroundings.err().println("Warning: " + warning));
            closings.add(monitor);
            listeners.add(monitor);
        }
        this.listener = Listeners.all(listeners.toArray(ProgressListener[]::new));
    }

    static Telling start(Style style, String image, Surroundings surroundings) {
        return new Telling(style, image, surroundings);
    }

    private static ProgressListener renderer(Style style, Surroundings surroundings) {
        return switch (style.form()) {
            case none -> ProgressListener.NONE;
            case json ->
                new JsonRenderer(line -> surroundings.out().println(line), Clock.systemUTC(), System::nanoTime);
            case human -> {
                long start = System.nanoTime();
                Supplier<String> prefix = () -> style.timestamps()
                        ? String.format(Locale.ROOT, "[%.3fs] ", (System.nanoTime() - start) / 1e9)
                        : "";
                Consumer<String> info = line -> surroundings.err().println(prefix.get() + line);
                Consumer<String> warn = line -> info.accept("Warning: " + OwnWords.of(line));
                boolean bar = surroundings.watched();
                yield bar
                        ? new ConsoleRenderer(
                                info,
                                warn,
                                surroundings.err(),
                                Terminal.width(surroundings.environment()),
                                System::nanoTime)
                        : new PlainRenderer(info, warn, System::nanoTime);
            }
        };
    }

    /** Each line becomes a message of syslog. */
    private Consumer<String> logger() {
        FedProgram logger = FedProgram.start(
                new Command(List.of("logger", "--id", "--tag", "imagewright"), Map.of(), LOGGER_LIMITS));
        closings.add(() -> {
            try (logger) {
                logger.finish();
            }
        });
        return line -> {
            try {
                logger.feed(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)), () -> {});
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Does the work; who listens hears of its failure, whoever found it. */
    <T> T tellingFailure(Supplier<T> work) {
        try {
            return work.get();
        } catch (ImageException e) {
            if (!failureTold) {
                on(new ProgressEvent.Failure(String.valueOf(e.getMessage())));
            }
            throw e;
        }
    }

    @Override
    public void on(ProgressEvent event) {
        failureTold |= event instanceof ProgressEvent.Failure;
        listener.on(event);
    }

    @Override
    public void close() {
        for (AutoCloseable each : closings) {
            try {
                each.close();
            } catch (ImageException failure) {
                throw failure;
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
