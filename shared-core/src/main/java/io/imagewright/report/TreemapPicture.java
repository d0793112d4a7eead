package io.imagewright.report;

import java.util.List;
import java.util.Locale;

import io.imagewright.contents.DirectorySize;
import io.imagewright.markup.Markup;
import io.imagewright.progress.ByteCount;

/** Draws a {@link Treemap}. A script can enlarge the part that an element's {@code data-zoom} names: x, y, width and height in percent. */
final class TreemapPicture {

    /** The width that the arrangement and the labels are made for; it is drawn as wide as there is room. */
    private static final double WIDTH = 960;

    private static final int HEIGHT = 480;
    private static final double CHARACTER = 6.7;
    private static final double LINE = 15;
    private static final double LEFT = 5;

    private final DirectorySize root;
    private final Markup svg;

    private TreemapPicture(DirectorySize root) {
        this.root = root;
        this.svg = Svg.picture(
                "treemap",
                HEIGHT,
                "Directories by size",
                "The largest of " + ByteCount.format(Math.max(0, root.bytes())) + ": " + largest(root));
    }

    static String of(DirectorySize root) {
        TreemapPicture picture = new TreemapPicture(root);
        picture.svg
                .open("svg", "class", "scene", "x", "0%", "y", "0%", "width", "100%", "height", "100%")
                .line();
        Treemap.of(root, new Box(0, 0, WIDTH, HEIGHT)).forEach(picture::cell);
        return picture.svg.close("svg").close("svg").line().toString();
    }

    private static String largest(DirectorySize root) {
        List<Treemap.Cell> top = Treemap.of(root, new Box(0, 0, WIDTH, HEIGHT)).stream()
                .filter(cell -> cell.depth() == 1)
                .limit(5)
                .toList();
        return top.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        top.stream()
                                .map(cell -> cell.path() + " " + ByteCount.format(cell.bytes()))
                                .toList());
    }

    private void cell(Treemap.Cell cell) {
        Box box = cell.box();
        String[] place = percents(box);
        svg.open(
                "svg",
                "class",
                cell.divided() ? "cell divided" : "cell",
                "x",
                place[0],
                "y",
                place[1],
                "width",
                place[2],
                "height",
                place[3],
                "data-path",
                cell.path(),
                "data-zoom",
                cell.divided() ? String.join(" ", percents(cell.inner())).replace("%", "") : "");
        svg.element("title", tooltip(cell));
        svg.shape(
                "rect",
                "width",
                "100%",
                "height",
                "100%",
                "fill",
                Palette.of(cell.group(), cell.depth()),
                "stroke",
                "#ffffff",
                "stroke-width",
                cell.depth() == 1 ? "3" : "1");
        labels(cell);
        svg.close("svg").line();
    }

    private String tooltip(Treemap.Cell cell) {
        String files = cell.files() == 0 ? "" : String.format(Locale.ROOT, " in %,d files", cell.files());
        return String.format(
                Locale.ROOT,
                "%s: %s%s, %.1f %%",
                Markup.shortened(cell.path(), 300),
                ByteCount.format(cell.bytes()),
                cell.files() == 1 ? " in 1 file" : files,
                100.0 * cell.bytes() / Math.max(root.bytes(), cell.bytes()));
    }

    private void labels(Treemap.Cell cell) {
        String size = ByteCount.format(cell.bytes());
        String name = Markup.shortened(cell.name(), 40);
        if (cell.divided()) {
            label(name + "  " + size, 0, cell.box(), cell.depth() == 1);
        } else {
            label(name, 0, cell.box(), false);
            label(size, 1, cell.box(), false);
        }
    }

    /** What does not fit is there, unseen, for those who enlarge the picture. */
    private void label(String text, int line, Box box, boolean heading) {
        double bottom = LINE * (line + 1) + 3;
        boolean fits = text.length() * CHARACTER + 2 * LEFT <= box.width() && bottom <= box.height();
        svg.element(
                "text",
                text,
                "x",
                Markup.number(LEFT),
                "y",
                Markup.number(LINE * (line + 1)),
                "fill",
                Palette.LABEL,
                "font-weight",
                heading ? "600" : "400",
                "pointer-events",
                "none",
                "visibility",
                fits ? "visible" : "hidden");
    }

    private static String[] percents(Box box) {
        return new String[] {
            Markup.percent(box.x() / WIDTH), Markup.percent(box.y() / HEIGHT),
            Markup.percent(box.width() / WIDTH), Markup.percent(box.height() / HEIGHT)
        };
    }
}
