package io.imagewright.boot;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class SerialConsoleTest {

    private static SerialConsole console(String awaited, String... pieces) {
        SerialConsole console = new SerialConsole(Pattern.compile(awaited));
        for (String piece : pieces) {
            console.append(piece.getBytes(StandardCharsets.UTF_8));
        }
        return console;
    }

    @Test
    public void aTextInPieces_isSeen_alsoOnAnUnfinishedLine() {
        assertTrue(console("login:", "web lo", "g", "in: ").isSeen());
        assertTrue(console("^web login: $", "booting\r\n", "web \u001b[1;31mlogin\u001b[0m: ")
                .isSeen());
        assertTrue(console("größe", "die größe\nmehr\n").isSeen());
        assertFalse(console("one two", "one\ntwo").isSeen());
        assertTrue(new SerialConsole(null).isSeen());
    }

    @Test
    public void whatMovesTheCursor_isNoText() {
        SerialConsole console =
                console("x", "\u001b]0;title\u0007\u001b(Ba\u0007b\u001b[2;1Hnext\u001b7\r\n\n\u001b[?25l\u0000last");
        assertEquals(List.of("ab", "next", "last"), console.lastLines());
    }

    @Test
    public void withoutEnd_littleIsKept() {
        SerialConsole console = new SerialConsole(Pattern.compile("never"));
        byte[] piece = "a".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 20; i++) {
            console.append(piece);
        }
        long kept = 0;
        for (byte[] bytes : console.bytes()) {
            kept += bytes.length;
        }
        assertEquals(SerialConsole.KEPT, kept);
        assertEquals(20, console.lastLines().size());
        assertTrue(console.lastLines().get(0).length() < 200);
    }
}
