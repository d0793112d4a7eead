package io.imagewright.progress;

import java.io.Console;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Whether a line can be redrawn where the output goes. */
public final class Terminal {

    private static final int DEFAULT_WIDTH = 80;

    private Terminal() {}

    /**
     * Whether {@link ConsoleRenderer} makes sense: input and output are a terminal, which is not a dumb one, and nobody asked for plain output.
     *
     * @param environment {@link System#getenv()}
     */
    public static boolean isInteractive(Map<String, String> environment) {
        return isInteractive(environment, isTerminal(System.console()));
    }

    static boolean isInteractive(Map<String, String> environment, boolean terminal) {
        return terminal
                && !environment.getOrDefault("TERM", "dumb").equals("dumb")
                && !environment.containsKey("CI")
                && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Columns as the shell exports them, else 80. */
    public static int width(Map<String, String> environment) {
        try {
            int columns = Integer.parseInt(environment.getOrDefault("COLUMNS", ""));
            return columns > 0 ? columns : DEFAULT_WIDTH;
        } catch (NumberFormatException e) {
            return DEFAULT_WIDTH;
        }
    }

    /** Since Java 22 there is a console object even without a terminal; it is asked by a method that Java 17 does not have. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true; // older Java: the object itself is the proof
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
