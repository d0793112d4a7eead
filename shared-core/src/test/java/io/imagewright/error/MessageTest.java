package io.imagewright.error;

import java.util.List;

import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class MessageTest {

    private static final Wording SHOUTING = new Wording() {
        @Override
        public String setting(SettingName setting) {
            return "<" + setting.path().toUpperCase(java.util.Locale.ROOT) + "=" + setting.value() + ">";
        }

        @Override
        public String command(CommandName command) {
            return "do " + command.word();
        }
    };

    private static ImageException failure() {
        return ImageException.of(
                ImageException.Kind.SOURCE,
                Message.of("Cannot use ", SettingName.SOURCE_FORMAT),
                Message.of("unknown"),
                Message.of("Set ", SettingName.ENGINE.to("auto"), ", or call ", CommandName.INSPECT, "."));
    }

    @Test
    public void eachWordingSpellsSettingsAndCommands() {
        assertEquals(
                "Cannot use source.format: unknown. Set engine: auto, or call inspect.",
                failure().getMessage());
        assertEquals(
                "Cannot use <SOURCE.FORMAT=>: unknown. Set <ENGINE=auto>, or call do inspect.",
                failure().message().in(SHOUTING));
    }

    /** A path in a text that came from an image is no setting. */
    @Test
    public void textsStayAsTheyAre() {
        Message message = Message.of("{engine} image.tmpdir --force ", 3, " %s");
        assertEquals("{engine} image.tmpdir --force 3 %s", message.in(SHOUTING));
        assertEquals(1, message.parts().size());
    }

    @Test
    public void messagesOfTheSamePartsAreEqual() {
        assertEquals(Message.of("a", "b", SettingName.SIZE), Message.of(Message.of("ab"), SettingName.SIZE, ""));
        assertEquals(Message.EMPTY, Message.of(""));
        assertTrue(Message.of("", "").isEmpty());
    }

    @Test
    public void aClauseHasNoFullStop() {
        for (List<Object> row : List.<List<Object>>of(
                List.of(Message.of("it is so."), "it is so"),
                List.of(Message.of("set ", SettingName.SIZE, "."), "set size"),
                List.of(Message.of("set ", SettingName.SIZE), "set size"),
                List.of(Message.EMPTY, ""))) {
            assertEquals(row.get(1), ((Message) row.get(0)).clause().toString());
        }
    }

    @Test
    public void whatComesBeforeAMessageKeepsTheRest() {
        ImageException within = failure().within("customise[1]: ");
        assertEquals(
                "customise[1]: Cannot use source.format: unknown. Set engine: auto, or call inspect.",
                within.getMessage());
        assertEquals(failure().next(), within.next());
        ImageException named = failure();
        assertSame(named, named.about(List.of("engine")));
        assertNotSame(named, named.about(List.of("disk.raw")));
    }

    @Test
    public void aPathHasAForm() {
        for (String path : List.of("", "a b", "a..b", "a.", "<a>", "a".repeat(1000), "a.b.c.d.e.f.g.h.i.j.k")) {
            assertThrows(path, IllegalArgumentException.class, () -> SettingName.of(path));
        }
    }
}
