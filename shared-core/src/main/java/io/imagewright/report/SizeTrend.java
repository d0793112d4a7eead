package io.imagewright.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.api.SizePoint;
import io.imagewright.markup.Markup;
import io.imagewright.progress.ByteCount;

/** A chart of sizes over builds, a line for each image: SVG without style sheet and script. */
public final class SizeTrend {

    private static final int WIDTH = 480;
    private static final int HEIGHT = 180;
    private static final int LEFT = 70;
    private static final int BOTTOM = 24;
    private static final int TOP = 12;
    private static final List<String> COLOURS = List.of("#2f6fab", "#b5562c", "#3d8a4e", "#7a4fa3", "#8a7a1f");

    private SizeTrend() {}

    /** Empty without two builds to compare. */
    public static String of(List<SizePoint> points) {
        long builds = points.stream().mapToInt(SizePoint::build).distinct().count();
        if (builds < 2) {
            return "";
        }
        int first = points.stream().mapToInt(SizePoint::build).min().orElse(0);
        int last = points.stream().mapToInt(SizePoint::build).max().orElse(0);
        long largest =
                Math.max(1, points.stream().mapToLong(SizePoint::size).max().orElse(1));
        Markup svg = new Markup()
                .open(
                        "svg",
                        "xmlns",
                        "http://www.w3.org/2000/svg",
                        "role",
                        "img",
                        "width",
                        Integer.toString(WIDTH),
                        "height",
                        Integer.toString(HEIGHT),
                        "viewBox",
                        "0 0 " + WIDTH + " " + HEIGHT)
                .element("title", "Stored size of images, by build");
        axis(svg, first, last, largest);
        Map<String, StringBuilder> lines = new LinkedHashMap<>();
        for (SizePoint point : points) {
            double x = LEFT + (double) (WIDTH - LEFT - 10) * (point.build() - first) / Math.max(1, last - first);
            double y = TOP + (HEIGHT - TOP - BOTTOM) * (1 - (double) Math.max(0, point.size()) / largest);
            lines.computeIfAbsent(point.image(), image -> new StringBuilder())
                    .append(Markup.number(x))
                    .append(',')
                    .append(Markup.number(y))
                    .append(' ');
            String colour = colour(lines, point.image());
            svg.open("circle", "cx", Markup.number(x), "cy", Markup.number(y), "r", "3", "fill", colour)
                    .element(
                            "title",
                            point.image() + ", build " + point.build() + ": "
                                    + ByteCount.format(Math.max(0, point.size())))
                    .close("circle");
        }
        lines.forEach((image, line) -> svg.shape(
                "polyline",
                "points",
                line.toString().strip(),
                "fill",
                "none",
                "stroke",
                colour(lines, image),
                "stroke-width",
                "2"));
        return svg.close("svg").toString();
    }

    private static String colour(Map<String, StringBuilder> lines, String image) {
        return COLOURS.get(List.copyOf(lines.keySet()).indexOf(image) % COLOURS.size());
    }

    private static void axis(Markup svg, int first, int last, long largest) {
        String bottom = Integer.toString(HEIGHT - BOTTOM);
        svg.shape("line", "x1", "" + LEFT, "x2", "" + (WIDTH - 10), "y1", bottom, "y2", bottom, "stroke", "#8888");
        label(svg, LEFT - 6, TOP + 4, "end", ByteCount.format(largest));
        label(svg, LEFT - 6, HEIGHT - BOTTOM, "end", "0");
        label(svg, LEFT, HEIGHT - 6, "start", "#" + first);
        label(svg, WIDTH - 10, HEIGHT - 6, "end", "#" + last);
    }

    private static void label(Markup svg, int x, int y, String anchor, String text) {
        svg.element(
                "text",
                text,
                "x",
                "" + x,
                "y",
                "" + y,
                "text-anchor",
                anchor,
                "font-size",
                "11",
                "fill",
                "currentColor");
    }
}
