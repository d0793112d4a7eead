package io.imagewright.boot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.api.BootSettings;
import io.imagewright.api.Firmware;
import io.imagewright.error.ImageException;
import org.jspecify.annotations.Nullable;
import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class AwaitedTest {

    /** What the user asks for, what the guest can show, and what is waited for; a refusal begins with an exclamation mark. */
    private record Row(
            @Nullable String text,
            @Nullable Integer port,
            @Nullable String bootSigns,
            String words) {}

    private static final String PROMPT = "'login:' on the serial console";

    private static final List<Row> ROWS = List.of(
            new Row(null, null, "port:22 power:button", "a connection to port 22"),
            new Row(null, null, "port:2222", "a connection to port 2222"),
            new Row(null, null, "serial:login", PROMPT),
            new Row(
                    null,
                    null,
                    "port:22 serial:login agent:qemu",
                    "a connection to port 22 or " + PROMPT + " or QEMU's guest agent"),
            new Row(null, null, "agent:qemu power:button", "QEMU's guest agent"),
            new Row(null, null, "power:button", "an answer to the power button"),
            new Row(null, null, null, PROMPT + " or a connection to port 22 or QEMU's guest agent"),
            new Row(null, null, "", "!Cannot see whether image web is up when it boots"),
            new Row(null, null, "port:0 port:99999 port:x later:thing", "!Cannot see whether image web is up"),
            new Row("ready", null, "", "'ready' on the serial console"),
            new Row(null, 80, "", "a connection to port 80"),
            new Row("ready", 80, "power:button", "'ready' on the serial console and a connection to port 80"));

    @Test
    public void waitsForWhatCanCome_orRefuses() {
        List<String> wrong = new ArrayList<>();
        for (Row row : ROWS) {
            String words;
            try {
                BootSettings settings =
                        new BootSettings(Duration.ofSeconds(9), row.text(), row.port(), 128, 1, Firmware.AUTO);
                words = Awaited.of(settings, "web", row.bootSigns()).words();
            } catch (ImageException refused) {
                words = "!" + refused.getMessage();
            }
            boolean isRight = row.words().startsWith("!") ? words.startsWith(row.words()) : words.equals(row.words());
            if (!isRight) {
                wrong.add(row + ": " + words);
            }
        }
        assertEquals(List.of(), wrong);
    }
}
