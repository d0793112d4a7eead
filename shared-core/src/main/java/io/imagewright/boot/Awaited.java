package io.imagewright.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.api.BootSettings;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import org.jspecify.annotations.Nullable;

/**
 * What is waited for.
 *
 * @param signs never empty
 * @param all whether all of them must come; else the first one is enough
 */
public record Awaited(List<Sign> signs, boolean all) {

    /** Of getty(8), and of everything like it. */
    private static final String PROMPT = "login:";

    private static final int SSH = 22;

    /** Copies the list. */
    public Awaited {
        signs = List.copyOf(signs);
    }

    /**
     * What the user asks for; without that the first of what this guest can show.
     *
     * @param image name for messages
     * @param bootSigns as {@link io.imagewright.guest.inspect.Facts#bootSigns()} has them; null when nobody knows
     * @throws ImageException UNSUPPORTED when the guest shows nothing
     */
    public static Awaited of(BootSettings settings, String image, @Nullable String bootSigns) {
        List<Sign> wanted = new ArrayList<>();
        Optional.ofNullable(settings.text()).map(Sign.Text::new).ifPresent(wanted::add);
        Optional.ofNullable(settings.port()).map(Sign.Port::new).ifPresent(wanted::add);
        if (!wanted.isEmpty()) {
            return new Awaited(wanted, true);
        }
        if (bootSigns == null) {
            return new Awaited(List.of(new Sign.Text(PROMPT), new Sign.Port(SSH), new Sign.Agent()), false);
        }
        List<Sign> shown =
                Stream.of(bootSigns.split(" ")).flatMap(Awaited::sign).toList();
        List<Sign> harmless = shown.stream()
                .filter(sign -> !(sign instanceof Sign.PowerButton))
                .toList();
        if (shown.isEmpty()) {
            throw ImageException.of(
                    Kind.UNSUPPORTED,
                    "Cannot see whether image " + image + " is up when it boots",
                    "it starts no SSH server, has no login on its first serial port and no guest agent of QEMU, and nothing in"
                            + " it answers the power button",
                    Message.of(
                            "Set ",
                            SettingName.BOOT_PORT,
                            " to a TCP port that it opens, or ",
                            SettingName.BOOT_TEXT,
                            " to what it prints on its first serial port."));
        }
        return new Awaited(harmless.isEmpty() ? shown : harmless, false);
    }

    private static Stream<Sign> sign(String word) {
        String[] parts = word.split(":", 2);
        return switch (parts[0]) {
            case "port" -> Sign.Port.of(parts.length > 1 ? parts[1] : "").map(Sign.class::cast).stream();
            case "serial" -> Stream.of(new Sign.Text(PROMPT));
            case "agent" -> Stream.of(new Sign.Agent());
            case "power" -> Stream.of(new Sign.PowerButton());
            default -> Stream.empty();
        };
    }

    /** Some of them, for people. */
    String words(List<Sign> some) {
        return some.stream().map(Sign::words).collect(Collectors.joining(all ? " and " : " or "));
    }

    /** All of them, for people. */
    String words() {
        return words(signs);
    }

    /** Whether a machine needs a channel for the guest agent. */
    boolean hasAgent() {
        return signs.contains(new Sign.Agent());
    }

    /** The port that must lead into the guest. */
    Optional<Integer> port() {
        return signs.stream()
                .filter(Sign.Port.class::isInstance)
                .map(sign -> ((Sign.Port) sign).number())
                .findFirst();
    }

    /** What a line on the serial console must hold. */
    Optional<String> text() {
        return signs.stream()
                .filter(Sign.Text.class::isInstance)
                .map(sign -> ((Sign.Text) sign).regex())
                .findFirst();
    }
}
