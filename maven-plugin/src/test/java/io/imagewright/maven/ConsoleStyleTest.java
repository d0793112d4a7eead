package io.imagewright.maven;

import io.imagewright.error.ImageException;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

public class ConsoleStyleTest {

    @Test
    public void drawsWhenSomebodyWatches() {
        assertEquals(ConsoleStyle.RICH, ConsoleStyle.choose("auto", true));
        assertEquals(ConsoleStyle.PLAIN, ConsoleStyle.choose("auto", false));
    }

    @Test
    public void theUsersWordWins() {
        assertEquals(ConsoleStyle.RICH, ConsoleStyle.choose("rich", false));
        assertEquals(ConsoleStyle.PLAIN, ConsoleStyle.choose("plain", true));
        assertEquals(
                "image.console: expected auto, plain or rich, found 'pretty'",
                assertThrows(ImageException.class, () -> ConsoleStyle.choose("pretty", true))
                        .getMessage());
    }
}
