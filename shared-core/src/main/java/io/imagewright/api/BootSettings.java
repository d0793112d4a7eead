package io.imagewright.api;

import java.time.Duration;
import java.util.regex.PatternSyntaxException;

import io.imagewright.boot.Awaited;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import org.jspecify.annotations.Nullable;

/**
 * How an image is started, and what shows that it came up.
 *
 * @param limit time until then
 * @param text regular expression that a line on the serial console must hold; null for none
 * @param port TCP port on which the guest must take a connection; null for none. Without text and port {@link Awaited} chooses.
 * @param memory MiB
 * @param processors number of them
 * @param firmware what starts the boot loader
 */
public record BootSettings(
        Duration limit, @Nullable String text, @Nullable Integer port, int memory, int processors, Firmware firmware) {

    private static final int LARGEST_PORT = 65535;

    /** @throws ImageException DESCRIPTION for what makes no sense */
    public BootSettings {
        if (text != null) {
            requirePattern(text);
        }
        if (port != null) {
            requireWithin(SettingName.BOOT_PORT, port, 1, LARGEST_PORT);
        }
        requireWithin(
                SettingName.BOOT_SECONDS,
                limit.toSeconds(),
                1,
                Duration.ofDays(1).toSeconds());
        requireWithin(SettingName.BOOT_MEMORY, memory, 16, 1 << 20);
        requireWithin(SettingName.BOOT_PROCESSORS, processors, 1, 255);
    }

    private static void requirePattern(String text) {
        try {
            java.util.regex.Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    Message.of("Cannot wait for '", text, "' (", SettingName.BOOT_TEXT, ")"),
                    Message.of("it is no regular expression: ", e.getDescription()),
                    Message.of("Put a backslash before each character that is meant as it is."),
                    e);
        }
    }

    private static void requireWithin(SettingName setting, long value, long least, long most) {
        if (value < least || value > most) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    Message.of(setting),
                    Message.of("expected a number from ", least, " to ", most, ", found ", value),
                    Message.EMPTY);
        }
    }
}
