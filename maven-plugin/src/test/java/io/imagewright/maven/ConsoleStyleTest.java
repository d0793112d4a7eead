package io.imagewright.maven;

import java.util.Map;

import io.imagewright.error.ImageException;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

public class ConsoleStyleTest {

    private static final Map<String, String> TERMINAL = Map.of("TERM", "xterm-256color");

    @Test
    public void drawsWhenSomebodyWatches() {
        assertEquals(ConsoleStyle.RICH, ConsoleStyle.choose("auto", true, TERMINAL));
        assertEquals(ConsoleStyle.PLAIN, ConsoleStyle.choose("auto", false, TERMINAL));
    }

    @Test
    public void doesNotDrawWhereTheEnvironmentIsAgainstIt() {
        assertEquals(ConsoleStyle.PLAIN, ConsoleStyle.choose("auto", true, Map.of()));
        assertEquals(ConsoleStyle.PLAIN, ConsoleStyle.choose("auto", true, Map.of("TERM", "dumb")));
        assertEquals(ConsoleStyle.PLAIN, ConsoleStyle.choose("auto", true, Map.of("TERM", "xterm", "NO_COLOR", "1")));
        assertEquals(ConsoleStyle.PLAIN, ConsoleStyle.choose("auto", true, Map.of("TERM", "xterm", "CI", "true")));
        assertEquals(ConsoleStyle.RICH, ConsoleStyle.choose("auto", true, Map.of("TERM", "xterm", "CI", "")));
    }

    @Test
    public void theUsersWordWins() {
        assertEquals(ConsoleStyle.RICH, ConsoleStyle.choose("rich", false, Map.of("CI", "true")));
        assertEquals(ConsoleStyle.PLAIN, ConsoleStyle.choose("plain", true, TERMINAL));
        assertEquals(
                "image.console: expected auto, plain or rich, found 'pretty'",
                assertThrows(ImageException.class, () -> ConsoleStyle.choose("pretty", true, TERMINAL))
                        .getMessage());
    }
}
