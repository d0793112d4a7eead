package io.imagewright.maven;

import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;

/** A log whose lines begin with the name of the image that they are about: for builds in which modules work side by side. */
final class ImageLog implements Log {

    private final Log log;
    private final String prefix;

    private ImageLog(Log log, String image) {
        this.log = log;
        this.prefix = "[" + image + "] ";
    }

    /** The log itself, where one image is built after the other. */
    static Log of(Log log, String image, MavenSession session) {
        return of(log, image, session.getRequest().getDegreeOfConcurrency() > 1);
    }

    static Log of(Log log, String image, boolean parallel) {
        return parallel ? new ImageLog(log, image) : log;
    }

    @Override
    public boolean isDebugEnabled() {
        return log.isDebugEnabled();
    }

    @Override
    public void debug(CharSequence line) {
        log.debug(prefix + line);
    }

    @Override
    public void debug(CharSequence line, Throwable failure) {
        log.debug(prefix + line, failure);
    }

    @Override
    public void debug(Throwable failure) {
        log.debug(prefix, failure);
    }

    @Override
    public boolean isInfoEnabled() {
        return log.isInfoEnabled();
    }

    @Override
    public void info(CharSequence line) {
        log.info(prefix + line);
    }

    @Override
    public void info(CharSequence line, Throwable failure) {
        log.info(prefix + line, failure);
    }

    @Override
    public void info(Throwable failure) {
        log.info(prefix, failure);
    }

    @Override
    public boolean isWarnEnabled() {
        return log.isWarnEnabled();
    }

    @Override
    public void warn(CharSequence line) {
        log.warn(prefix + line);
    }

    @Override
    public void warn(CharSequence line, Throwable failure) {
        log.warn(prefix + line, failure);
    }

    @Override
    public void warn(Throwable failure) {
        log.warn(prefix, failure);
    }

    @Override
    public boolean isErrorEnabled() {
        return log.isErrorEnabled();
    }

    @Override
    public void error(CharSequence line) {
        log.error(prefix + line);
    }

    @Override
    public void error(CharSequence line, Throwable failure) {
        log.error(prefix + line, failure);
    }

    @Override
    public void error(Throwable failure) {
        log.error(prefix, failure);
    }
}
