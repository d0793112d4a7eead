package io.imagewright.cli;

import java.util.List;

import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class UsageTest {

    private record Row(List<String> arguments, String first, String last) {}

    private static final List<Row> ROWS = List.of(
            new Row(
                    List.of("build"),
                    "imagewright: Missing required parameter: 'SOURCE",
                    "Try 'imagewright build --help'."),
            new Row(List.of("plan", "--no-such", "x"), "imagewright: Unknown option", "Try 'imagewright plan --help'."),
            new Row(List.of(), "imagewright: Missing required subcommand", "Try 'imagewright --help'."));

    @Test
    public void aMistakeIsNamed_withWhereToLook() {
        for (Row row : ROWS) {
            Run run = Run.of(row.arguments().toArray(String[]::new));
            List<String> lines = run.err().lines().toList();
            assertEquals(run.err(), 2, run.exitCode());
            assertTrue(run.err(), lines.get(0).startsWith(row.first()));
            assertEquals(row.last(), lines.get(lines.size() - 1));
            assertTrue(run.err(), lines.size() <= 3);
        }
    }

    @Test
    public void helpIsACommand() {
        Run run = Run.of("help", "verify");
        assertEquals(run.err(), 0, run.exitCode());
        assertTrue(run.out(), run.out().startsWith("Usage: imagewright verify"));
    }
}
