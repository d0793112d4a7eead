package io.imagewright.boot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * How an image is started, and what tells that it came up.
 *
 * @param limit time until then
 * @param text regular expression that a line on the serial console must hold; null for {@value #PROMPT}, or for none when there is a port
 * @param port TCP port on which the guest must take a connection; null for none
 * @param memory MiB
 * @param processors number of them
 * @param firmware what starts the boot loader
 */
public record BootSettings(
        Duration limit, @Nullable String text, @Nullable Integer port, int memory, int processors, Firmware firmware) {

    /** Of getty(8), and of everything like it. */
    public static final String PROMPT = "login:";

    private static final int LARGEST_PORT = 65535;

    /** @throws ImageException DESCRIPTION for what makes no sense */
    public BootSettings {
        if (text == null && port == null) {
            text = PROMPT;
        }
        if (text != null) {
            requirePattern(text);
        }
        if (port != null) {
            requireWithin("image.bootPort", port, 1, LARGEST_PORT);
        }
        requireWithin(
                "image.bootSeconds", limit.toSeconds(), 1, Duration.ofDays(1).toSeconds());
        requireWithin("image.bootMemory", memory, 16, 1 << 20);
        requireWithin("image.bootProcessors", processors, 1, 255);
    }

    private static void requirePattern(String text) {
        try {
            java.util.regex.Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    "Cannot wait for '" + text + "' (image.bootText)",
                    "it is no regular expression: " + e.getDescription(),
                    "Put a backslash before each character that is meant as it is.",
                    e);
        }
    }

    private static void requireWithin(String property, long value, long least, long most) {
        if (value < least || value > most) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    property,
                    "expected a number from " + least + " to " + most + ", found " + value,
                    "");
        }
    }

    /** What is waited for, in words. */
    String awaited() {
        return awaited(text != null, port != null);
    }

    /** The same, but only of what is still to come. */
    String awaited(boolean prompt, boolean connection) {
        List<String> words = new ArrayList<>();
        if (prompt) {
            words.add("'" + text + "' on the serial console");
        }
        if (connection) {
            words.add("a connection to port " + port);
        }
        return String.join(" and ", words);
    }
}
