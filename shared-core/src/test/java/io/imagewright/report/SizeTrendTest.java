package io.imagewright.report;

import java.util.List;

import io.imagewright.api.SizePoint;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** A chart of sizes over builds. */
public class SizeTrendTest {

    @Test
    public void oneBuildIsNoTrend() {
        assertEquals("", SizeTrend.of(List.of()));
        assertEquals("", SizeTrend.of(List.of(new SizePoint(7, "web", 1 << 20))));
    }

    @Test
    public void aLineForEachImage() {
        String svg = SizeTrend.of(List.of(
                new SizePoint(7, "web", 100 << 20),
                new SizePoint(7, "<b>", 10 << 20),
                new SizePoint(9, "web", 200 << 20),
                new SizePoint(9, "<b>", 20 << 20)));
        assertEquals(2, svg.split("<polyline", -1).length - 1);
        assertTrue(svg, svg.contains("web, build 9: 200 MiB") || svg.contains("web, build 9: 200.0 MiB"));
        assertTrue(svg, svg.contains("&lt;b&gt;") && !svg.contains("<b>"));
        assertFalse(svg, svg.contains("style=") || svg.contains("<script"));
    }
}
