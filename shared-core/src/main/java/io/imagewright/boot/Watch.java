package io.imagewright.boot;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks for the signs of a guest that is up. Used by one thread. */
final class Watch implements AutoCloseable {

    /** The firmware and the kernel have no ear for the power button; a guest that was not up then is asked again. */
    private static final Duration PRESS_INTERVAL = Duration.ofSeconds(10);

    private final Awaited awaited;
    private final SerialConsole console;
    private final GuestPort port;
    private Duration nextPress = PRESS_INTERVAL;
    private boolean isPressed;
    private boolean isPortOpen;
    private List<Sign> missing;

    Watch(Awaited awaited) {
        this.awaited = awaited;
        this.console = new SerialConsole(awaited.text().map(Pattern::compile).orElse(null));
        this.port = new GuestPort(awaited.port().orElse(0));
        this.missing = awaited.signs();
    }

    /**
     * Looks at the machine.
     *
     * @param passed since its start
     */
    void look(Machine machine, Duration passed) throws IOException, InterruptedException {
        machine.console().forEach(console::append);
        List<Sign> left = new ArrayList<>();
        for (Sign sign : missing) {
            if (!isSeen(sign, machine, passed)) {
                left.add(sign);
            }
        }
        missing = left;
    }

    private boolean isSeen(Sign sign, Machine machine, Duration passed) throws IOException, InterruptedException {
        if (sign instanceof Sign.Text) {
            return console.isSeen();
        }
        if (sign instanceof Sign.Port) {
            isPortOpen = isPortOpen || port.isOpen(machine);
            return isPortOpen;
        }
        if (sign instanceof Sign.Agent) {
            return machine.hasAgent();
        }
        if (!machine.isOff() && passed.compareTo(nextPress) >= 0) {
            machine.pressPowerButton();
            isPressed = true;
            nextPress = passed.plus(PRESS_INTERVAL);
        }
        return isPressed && machine.isOff();
    }

    /** What came, once that is enough; for people. */
    Optional<String> seen() {
        List<Sign> came =
                awaited.signs().stream().filter(sign -> !missing.contains(sign)).toList();
        boolean isEnough = awaited.all() ? missing.isEmpty() : !came.isEmpty();
        return isEnough ? Optional.of(awaited.words(came)) : Optional.empty();
    }

    /** What did not come; for people. */
    String missing() {
        return awaited.words(missing);
    }

    SerialConsole console() {
        return console;
    }

    @Override
    public void close() throws IOException {
        port.close();
    }
}
