package io.imagewright.maven;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.progress.Terminal;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;

/** How progress is shown. */
enum ConsoleStyle {
    /** A line now and then. */
    PLAIN,
    /** A bar that is drawn again and again. */
    RICH;

    /** The style for a goal of this session; bars of modules that build side by side would overwrite each other. */
    static ConsoleStyle choose(String word, MavenSession session, Log log) {
        boolean watched = session.getRequest().isInteractiveMode()
                && session.getRequest().getDegreeOfConcurrency() <= 1
                && log.isInfoEnabled()
                && Terminal.isInteractive(System.getenv());
        return choose(word, watched);
    }

    /**
     * Takes the user's word, else looks whether somebody is there to watch.
     *
     * @param word {@code auto}, {@code plain} or {@code rich}
     */
    static ConsoleStyle choose(String word, boolean watched) {
        return switch (word) {
            case "plain" -> PLAIN;
            case "rich" -> RICH;
            case "auto" -> watched ? RICH : PLAIN;
            default ->
                throw ImageException.of(
                        Kind.DESCRIPTION, "image.console", "expected auto, plain or rich, found '" + word + "'", "");
        };
    }
}
