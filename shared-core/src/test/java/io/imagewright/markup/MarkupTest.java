package io.imagewright.markup;

import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

public class MarkupTest {

    @Test
    public void textAndAttributesStayText() {
        assertEquals(
                "<p title=\"&quot;&#39;&gt;\">&lt;b&gt;&amp;amp;</p>",
                new Markup().element("p", "<b>&amp;", "title", "\"'>").toString());
    }

    @Test
    public void whatDoesNotShowIsReplaced() {
        assertEquals(
                "a\ufffdb\ufffdc\ufffd", new Markup().text("a\0b\u202ec\ud800").toString());
        assertEquals(
                "\ud83d\ude00 \u00e4", new Markup().text("\ud83d\ude00 \u00e4").toString());
    }

    @Test
    public void longTextIsCut_butNoCharacterInTwo() {
        assertEquals(512, new Markup().text("x".repeat(5000)).toString().length());
        String cut = new Markup().text("\ud83d\ude00".repeat(5000)).toString();
        assertFalse(cut, cut.contains("\ufffd"));
        assertEquals("ab\u2026", Markup.shortened("abcdef", 3));
        assertEquals("abc", Markup.shortened("abc", 3));
    }

    @Test
    public void numbersAreShort() {
        assertEquals("12.5%", Markup.percent(0.125));
        assertEquals("100%", Markup.percent(1));
        assertEquals("0", Markup.number(0));
        assertEquals("33.333", Markup.number(100.0 / 3));
    }
}
