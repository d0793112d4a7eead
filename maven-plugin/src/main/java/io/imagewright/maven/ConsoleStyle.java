package io.imagewright.maven;

import java.io.Console;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;

/** How progress is shown. */
enum ConsoleStyle {
    /** A line now and then. */
    PLAIN,
    /** A bar that is drawn again and again. */
    RICH;

    /** Variables that say: nobody looks at this output, or not at control sequences. */
    private static final List<String> AGAINST = List.of("NO_COLOR", "CI");

    /** The style for a goal of this session; bars of modules that build side by side would overwrite each other. */
    static ConsoleStyle choose(String word, MavenSession session, Log log) {
        boolean watched = session.getRequest().isInteractiveMode()
                && session.getRequest().getDegreeOfConcurrency() <= 1
                && log.isInfoEnabled()
                && terminal();
        return choose(word, watched, System.getenv());
    }

    /**
     * Takes the user's word, else looks whether somebody is there to watch.
     *
     * @param word {@code auto}, {@code plain} or {@code rich}
     * @param watched whether Maven runs interactively (no {@code -B}), tells more than errors (no {@code -q}), builds one module at a time, and
     *     has a terminal
     * @param environment of this process
     */
    static ConsoleStyle choose(String word, boolean watched, Map<String, String> environment) {
        return switch (word) {
            case "plain" -> PLAIN;
            case "rich" -> RICH;
            case "auto" -> watched && drawable(environment) ? RICH : PLAIN;
            default ->
                throw ImageException.of(
                        Kind.DESCRIPTION, "image.console", "expected auto, plain or rich, found '" + word + "'", "");
        };
    }

    private static boolean drawable(Map<String, String> environment) {
        return !environment.getOrDefault("TERM", "dumb").equals("dumb")
                && AGAINST.stream()
                        .allMatch(name -> environment.getOrDefault(name, "").isEmpty());
    }

    /** Whether standard input and output are a terminal. */
    private static boolean terminal() {
        return Optional.ofNullable(System.console())
                .map(ConsoleStyle::isTerminal)
                .orElse(false);
    }

    /** From Java 22 on there is a console without a terminal too, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
