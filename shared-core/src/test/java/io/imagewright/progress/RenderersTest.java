package io.imagewright.progress;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.progress.ProgressEvent.CopyProgress;
import io.imagewright.progress.ProgressEvent.Info;
import io.imagewright.progress.ProgressEvent.StepEnded;
import io.imagewright.progress.ProgressEvent.StepStarted;
import io.imagewright.progress.ProgressEvent.Warning;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class RenderersTest {

    private final FakeTime time = new FakeTime();
    private final List<String> lines = new ArrayList<>();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    private String screen() {
        return screen.toString(StandardCharsets.UTF_8).replace("\r\u001b[K", "<");
    }

    private ConsoleRenderer console(int width) {
        PrintStream terminal = new PrintStream(screen, true, StandardCharsets.UTF_8);
        return new ConsoleRenderer(
                line -> terminal.println("I " + line), line -> terminal.println("W " + line), terminal, width, time);
    }

    @Test
    public void plainLogHasALinePerStep_andCopyProgressEveryThreeSeconds() {
        Example.play(new PlainRenderer(line -> lines.add("I " + line), line -> lines.add("W " + line), time), time);
        assertEquals(
                List.of(
                        "I Debian GNU/Linux 12 found",
                        "I inspect: done in 0.4 s",
                        "I cleanup-mail: skipped, not enabled",
                        "I write: 37 %, 384.0 MiB of 1.0 GiB",
                        "I write: 75 %, 768.0 MiB of 1.0 GiB",
                        "W No swap partition defined",
                        "I write: qcow2, 1.0 GiB in 9.0 s"),
                lines);
    }

    @Test
    public void consoleRedrawsOneLine_andClearsItBeforeOrdinaryLines() {
        ConsoleRenderer console = console(80);
        console.on(new StepStarted("write"));
        time.pass(0.05);
        console.on(new CopyProgress("write", 1, 100)); // too soon to redraw
        time.pass(0.05);
        console.on(new CopyProgress("write", 50, 100));
        console.on(new Warning("look"));
        console.on(new StepEnded("write", Duration.ofSeconds(1), 100, ""));
        assertEquals(
                "<write ...<write [===============               ] 50 %, 50 B of 100 B<W look\nI write: 100 B in 1.0 s\n",
                screen().replace(System.lineSeparator(), "\n"));
    }

    @Test
    public void consoleNeverReachesTheLastColumn_whereALineWouldWrap() {
        console(20).on(new StepStarted("a-step-with-a-rather-long-name"));
        assertEquals("<a-step-with-a-ra...", screen());
    }

    @Test
    public void controlCharactersOfAnImageDoNotReachTheTerminal() {
        console(80).on(new StepStarted("x\u001b[2J\ny"));
        assertEquals("<x?[2J?y ...", screen());
        new PlainRenderer(lines::add, lines::add, time).on(new Info("a\u001b[31mb\u009bc\nd"));
        assertEquals(List.of("a?[31mb?c\nd"), lines);
    }

    @Test
    public void throttleLetsTheLastOfAStepThrough_beforeItsEnd() {
        List<ProgressEvent> passed = new ArrayList<>();
        Throttle throttle = new Throttle(passed::add, Duration.ofSeconds(3), time);
        ProgressEvent start = new StepStarted("s");
        ProgressEvent end = new StepEnded("s", Duration.ZERO, 0, "");
        throttle.on(start);
        throttle.on(new CopyProgress("s", 1, 9));
        time.pass(3);
        throttle.on(new CopyProgress("s", 2, 9));
        throttle.on(new CopyProgress("s", 3, 9));
        throttle.on(new CopyProgress("s", 9, 9));
        throttle.on(new Info("in between"));
        throttle.on(end);
        throttle.on(end);
        assertEquals(
                List.of(
                        start,
                        new CopyProgress("s", 2, 9),
                        new Info("in between"),
                        new CopyProgress("s", 9, 9),
                        end,
                        end),
                passed);
    }

    @Test
    public void allListenersHearEachEvent() {
        Listeners.all(event -> lines.add("a"), event -> lines.add("b")).on(new Info(""));
        assertEquals(List.of("a", "b"), lines);
    }

    @Test
    public void summaryTableLinesUp() {
        SummaryTable table = new SummaryTable()
                .add("inspect", Duration.ofMillis(440), 0)
                .add("write qcow2", Duration.ofMillis(12_300), 3L << 29)
                .add("checksum", Duration.ZERO, 5 << 20);
        assertEquals(
                String.join(
                        "\n",
                        "step         seconds    bytes",
                        "inspect          0.4",
                        "write qcow2     12.3  1.5 GiB",
                        "checksum         0.0  5.0 MiB",
                        "total           12.7"),
                String.join("\n", table.lines()));
        assertEquals(List.of(), new SummaryTable().lines());
    }

    @Test
    public void sizesAreInUnitsOf1024() {
        assertEquals("0 B", ByteCount.format(0));
        assertEquals("1023 B", ByteCount.format(1023));
        assertEquals("1.0 KiB", ByteCount.format(1024));
        assertEquals("1.0 MiB", ByteCount.format((1 << 20) - 1));
        assertEquals("8.0 GiB", ByteCount.format(8L << 30));
        assertEquals("8.0 EiB", ByteCount.format(Long.MAX_VALUE));
    }

    @Test
    public void aBarIsDrawnOnlyOnATerminalThatCanDoIt() {
        assertTrue(Terminal.isInteractive(Map.of("TERM", "xterm"), true));
        assertFalse(Terminal.isInteractive(Map.of("TERM", "xterm"), false));
        assertFalse(Terminal.isInteractive(Map.of("TERM", "dumb"), true));
        assertFalse(Terminal.isInteractive(Map.of(), true));
        assertFalse(Terminal.isInteractive(Map.of("TERM", "xterm", "CI", "true"), true));
        assertFalse(Terminal.isInteractive(Map.of("TERM", "xterm", "NO_COLOR", "1"), true));
        assertEquals(120, Terminal.width(Map.of("COLUMNS", "120")));
        assertEquals(80, Terminal.width(Map.of("COLUMNS", "wide")));
    }
}
