package io.imagewright.progress;

import java.time.Duration;
import java.util.List;

import io.imagewright.error.CommandName;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.progress.ProgressEvent.CopyProgress;
import io.imagewright.progress.ProgressEvent.Info;
import io.imagewright.progress.ProgressEvent.StepEnded;
import io.imagewright.progress.ProgressEvent.StepStarted;
import io.imagewright.progress.ProgressEvent.Warning;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class ProgressJsonTest {

    @Test
    public void everyKindOfEventComesBackAsItWas() {
        List<ProgressEvent> events = new java.util.ArrayList<>();
        Example.play(events::add, new FakeTime());
        events.add(new StepEnded("s\"\n\u2028\ud83d\ude00", Duration.ofSeconds(1, 5), Long.MAX_VALUE, "d"));
        events.add(new Warning(Message.of(
                "Set ",
                SettingName.ENGINE.to("auto"),
                " or ",
                SettingName.TMPDIR,
                "; ",
                CommandName.BUILD,
                " again.")));
        for (ProgressEvent event : events) {
            String line = ProgressJson.write(event);
            assertTrue(line, line.indexOf('\n') < 0);
            assertEquals(event, ProgressJson.read(line));
        }
    }

    @Test
    public void looksAsDocumented() {
        assertEquals("{\"event\":\"StepStarted\",\"step\":\"shrink\"}", ProgressJson.write(new StepStarted("shrink")));
        assertEquals(
                "{\"event\":\"StepEnded\",\"step\":\"a\",\"duration\":1500000000,\"bytes\":7,\"detail\":\"\"}",
                ProgressJson.write(new StepEnded("a", Duration.ofMillis(1500), 7, "")));
        assertEquals(
                "{\"event\":\"Info\",\"message\":[\"Set \",{\"setting\":\"engine\",\"value\":\"auto\"},\", then \",{\"command\":\"BUILD\"}]}",
                ProgressJson.write(
                        new Info(Message.of("Set ", SettingName.ENGINE.to("auto"), ", then ", CommandName.BUILD))));
    }

    @Test
    public void aMessageOfManyPartsIsCut() {
        List<Object> pieces = new java.util.ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            pieces.add("\u0001");
            pieces.add(SettingName.ENGINE);
        }
        String line = ProgressJson.write(new Info(Message.of(pieces.toArray())));
        assertTrue(line.length() <= ProgressJson.MAX_LINE);
        assertTrue(((Info) ProgressJson.read(line)).message().parts().size() > 100);
    }

    @Test
    public void noLineIsLongerThanTheLimit() {
        String text = "\u0001".repeat(1_000_000);
        String line = ProgressJson.write(new StepEnded(text, Duration.ZERO, 0, text));
        assertTrue(line.length() <= ProgressJson.MAX_LINE);
        assertTrue(((StepEnded) ProgressJson.read(line)).detail().endsWith("..."));
    }

    @Test
    public void refusesWhatIsNoEvent() {
        List<String> bad = List.of(
                "",
                "x",
                "[]",
                "{}",
                "null",
                "{\"event\":\"Exec\"}",
                "{\"event\":\"Info\"}",
                "{\"event\":\"Info\",\"message\":null}",
                "{\"event\":\"Info\",\"message\":[\"a\"],\"more\":1}",
                "{\"event\":\"Info\",\"message\":[\"a\"]} {}",
                "{\"event\":\"Info\",\"message\":\"a\"}",
                "{\"event\":\"Info\",\"message\":[{\"setting\":\"a b\",\"value\":\"\"}]}",
                "{\"event\":\"Info\",\"message\":[{\"command\":\"rm\"}]}",
                "{\"event\":\"CopyProgress\",\"step\":\"a\",\"position\":null,\"total\":1}",
                "[".repeat(60_000),
                "{\"event\":\"Info\",\"message\":[\"" + "a".repeat(70_000) + "\"]}");
        for (String line : bad) {
            ImageException e = assertThrows(line, ImageException.class, () -> ProgressJson.read(line));
            assertTrue(e.getMessage().startsWith("Cannot read a message of the worker: "));
        }
        assertEquals(
                new CopyProgress("a", 1, 2),
                ProgressJson.read("{\"event\":\"CopyProgress\",\"total\":2,\"step\":\"a\",\"position\":1}"));
        assertEquals(new Info("a"), ProgressJson.read(" {\"message\":[\"a\"],\"event\":\"Info\"} "));
    }
}
