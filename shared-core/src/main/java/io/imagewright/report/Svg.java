package io.imagewright.report;

import io.imagewright.markup.Markup;

/**
 * The frame of a picture: as wide as its place and of a fixed height, so that text has the same size on a telephone and on a wall. Positions across are
 * therefore in percent, those downwards in pixels, and what does not fit into a part of a picture is cut there. It needs no style sheet;
 * text takes the colour of the page that it stands in.
 */
final class Svg {

    private Svg() {}

    /**
     * Begins a picture that readers of the screen know as one image.
     *
     * @param kind class, for style sheets and scripts
     * @param title what it shows
     * @param description what is to be seen in it, for those who cannot
     */
    static Markup picture(String kind, int height, String title, String description) {
        return new Markup()
                .open(
                        "svg",
                        "xmlns",
                        "http://www.w3.org/2000/svg",
                        "class",
                        "picture " + kind,
                        "width",
                        "100%",
                        "height",
                        Integer.toString(height),
                        "role",
                        "img",
                        "font-family",
                        "system-ui, sans-serif",
                        "font-size",
                        "12",
                        "aria-label",
                        title + ". " + description)
                .line();
    }
}
