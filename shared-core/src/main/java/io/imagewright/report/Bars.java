package io.imagewright.report;

import java.util.List;

import io.imagewright.markup.Markup;

/** Draws figures as bars below each other, all on one scale; what each is, and its figure, stand above its bar. */
final class Bars {

    private static final int ROW = 42;
    private static final int BASELINE = 15;
    private static final int TOP = 22;
    private static final int THICK = 12;

    /** So that there is something to see of what is not nothing. */
    private static final double SHORTEST = 0.003;

    /**
     * One bar.
     *
     * @param figure as it is written
     * @param value as it is drawn
     */
    record Bar(String label, String figure, double value, String colour) {}

    private Bars() {}

    static String of(String kind, String title, List<Bar> bars) {
        double longest = bars.stream().mapToDouble(Bar::value).max().orElse(0);
        List<String> words = bars.stream()
                .limit(8)
                .map(bar -> bar.label() + " " + bar.figure())
                .toList();
        Markup svg = Svg.picture("bars " + kind, Math.max(1, bars.size() * ROW), title, String.join("; ", words));
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double share = longest > 0 ? Math.max(0, bar.value()) / longest : 0;
            row(svg, bar, i * ROW, share > 0 ? Math.max(SHORTEST, share) : 0);
        }
        return svg.close("svg").line().toString();
    }

    private static void row(Markup svg, Bar bar, int top, double share) {
        svg.open("g").element("title", bar.label() + ": " + bar.figure());
        // a picture in the picture cuts a label that would run into the figure
        svg.open("svg", "width", "72%", "height", Integer.toString(top + TOP))
                .element(
                        "text",
                        Markup.shortened(bar.label(), 80),
                        "x",
                        "0",
                        "y",
                        Integer.toString(top + BASELINE),
                        "font-size",
                        "13",
                        "fill",
                        "currentColor")
                .close("svg");
        svg.element(
                "text",
                bar.figure(),
                "x",
                "100%",
                "y",
                Integer.toString(top + BASELINE),
                "text-anchor",
                "end",
                "font-size",
                "13",
                "font-weight",
                "600",
                "fill",
                "currentColor");
        bar(svg, top, "100%", "currentColor", "0.1");
        bar(svg, top, Markup.percent(share), bar.colour(), "1");
        svg.close("g").line();
    }

    private static void bar(Markup svg, int top, String width, String colour, String opacity) {
        svg.shape(
                "rect",
                "x",
                "0",
                "y",
                Integer.toString(top + TOP),
                "width",
                width,
                "height",
                Integer.toString(THICK),
                "rx",
                "2",
                "fill",
                colour,
                "fill-opacity",
                opacity);
    }
}
