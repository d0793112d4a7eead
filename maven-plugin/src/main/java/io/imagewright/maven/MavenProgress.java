package io.imagewright.maven;

import java.util.Locale;

import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** Renders what a build tells as lines of Maven's log. */
final class MavenProgress implements ProgressListener, AutoCloseable {

    private final Log log;

    private MavenProgress(Log log) {
        this.log = log;
    }

    static MavenProgress open(String image, Log log, ConsoleStyle style, @Nullable String monitor) {
        return new MavenProgress(log);
    }

    @Override
    public void on(ProgressEvent event) {
        if (event instanceof ProgressEvent.StepEnded step) {
            String detail = step.detail().isEmpty() ? "" : ": " + step.detail();
            log.info(String.format(
                    Locale.ROOT, "%s %.1f s%s", step.step(), step.duration().toMillis() / 1000.0, detail));
        } else if (event instanceof ProgressEvent.StepSkipped step) {
            log.info(step.step() + " skipped: " + step.reason());
        } else if (event instanceof ProgressEvent.Info info) {
            log.info(info.message());
        } else if (event instanceof ProgressEvent.Warning warning) {
            log.warn(warning.message());
        }
    }

    @Override
    public void close() {}
}
