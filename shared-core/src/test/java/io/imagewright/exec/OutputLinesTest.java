package io.imagewright.exec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class OutputLinesTest {

    private record Row(List<String> pieces, List<String> lines) {}

    private static final String LONG = "x".repeat(1000);

    private static final List<Row> ROWS = List.of(
            new Row(List.of("one\ntwo\n"), List.of("one", "two")),
            new Row(List.of("o", "ne\nt", "wo"), List.of("one", "two")),
            new Row(List.of("10 %\r50 %\r\n100 %"), List.of("10 %", "50 %", "100 %")),
            new Row(List.of("\n \n\n"), List.of()),
            new Row(List.of("b\u00f6", "se\n"), List.of("b\u00f6se")),
            new Row(List.of(LONG + "abc\nnext"), List.of(LONG + " [3 bytes left out]", "next")));

    @Test
    public void piecesBecomeLines() {
        for (Row row : ROWS) {
            List<String> lines = new ArrayList<>();
            OutputLines output = new OutputLines(lines::add);
            for (String piece : row.pieces()) {
                byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
                output.append(bytes, 0, bytes.length);
            }
            output.end();
            assertEquals(row.lines(), lines);
        }
    }

    @Test
    public void afterVeryManyLines_onlyTheirNumberIsGiven_andTheLastOnesAreKnown() {
        List<String> lines = new ArrayList<>();
        OutputLines output = new OutputLines(lines::add);
        for (int i = 1; i <= 10_007; i++) {
            byte[] line = (i + "\n").getBytes(StandardCharsets.UTF_8);
            output.append(line, 0, line.length);
        }
        output.end();
        assertEquals(10_001, lines.size());
        assertEquals("[7 more lines left out]", lines.get(10_000));
        assertEquals(List.of("10003", "10004", "10005", "10006", "10007"), output.last());
    }
}
